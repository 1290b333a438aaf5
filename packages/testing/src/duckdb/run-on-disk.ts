import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

// eslint-disable-next-line no-restricted-syntax -- this package is never built: it only runs from the checkout
const dojo = resolve(__dirname, '../../../../scripts/dojo.cjs');

/** What is wrong with the disk. */
export type Disk =
  | { readonly kind: 'full'; readonly mebibytes: number }
  | { readonly kind: 'read-only' };

/** How a command ended on such a disk. */
export interface DiskExit {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Where the folder is to be seen as the command left it. */
  readonly after: string;
  /** `mount`: a real file system; `limit`: where none can be mounted, the limit of a file's size, or its mode. */
  readonly by: 'mount' | 'limit';
}

/** `$1` is the folder, the rest the command. */
const scripts = {
  full: (size: number) =>
    `folder=$1; shift; cp -a "$folder" "$folder.before" && mount -t tmpfs -o size=${size}m tmpfs "$folder" &&
    cp -a "$folder.before/." "$folder" || exit 99
    "$@"; code=$?; cp -a "$folder" "$folder.after"; exit $code`,
  'read-only': () =>
    `folder=$1; shift; mount --bind "$folder" "$folder" && mount -o remount,bind,ro "$folder" || exit 99
    exec "$@"`,
  // In units of 512 or 1024 bytes, as the shell likes; writing beyond it fails, as the signal is ignored.
  limit: (size: number) =>
    `shift; trap '' XFSZ; ulimit -f ${size * 1024}; exec "$@"`,
};

/** Runs `dojo` with a folder on a disk of its own, in a mount namespace where that is permitted. */
export function runOnDisk(
  disk: Disk,
  folder: string,
  args: readonly string[],
): DiskExit {
  const command = [folder, process.execPath, dojo, ...args];
  const { by, after, ...spawned } = mayMount()
    ? inNamespace(disk, folder, command)
    : underLimit(disk, folder, command);
  const { status, stdout, stderr } = spawned;
  return { code: status, stdout, stderr, after, by };
}

/** Root may mount in any namespace of its own; others, where they may have one, as the root of a user namespace. */
const namespace = process.getuid?.() === 0 ? '-m' : '-rm';

function mayMount(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'dojo-mount-'));
  try {
    const script = `mount -t tmpfs tmpfs "$1" && mount -o remount,ro "$1"`;
    const tried = spawnSync('unshare', [
      ...[namespace, 'sh', '-c', script],
      ...['sh', place],
    ]);
    return tried.status === 0;
  } finally {
    rmSync(place, { recursive: true });
  }
}

function inNamespace(disk: Disk, folder: string, command: readonly string[]) {
  const script =
    disk.kind === 'full'
      ? scripts.full(disk.mebibytes)
      : scripts['read-only']();
  const args = [namespace, 'sh', '-c', script, 'sh', ...command];
  const after = disk.kind === 'full' ? `${folder}.after` : folder;
  const ended = spawnSync('unshare', args, { encoding: 'utf8' });
  return { ...ended, after, by: 'mount' as const };
}

function underLimit(disk: Disk, folder: string, command: readonly string[]) {
  if (disk.kind === 'full') {
    const args = ['-c', scripts.limit(disk.mebibytes), 'sh', ...command];
    const ended = spawnSync('sh', args, { encoding: 'utf8' });
    return { ...ended, after: folder, by: 'limit' as const };
  }
  // What mkdtemp made is for its owner alone.
  chmodSync(dirname(folder), 0o755);
  chmodSync(folder, 0o555);
  try {
    const nobody = { uid: 65_534, gid: 65_534 };
    const ended = spawnSync(process.execPath, command.slice(2), {
      encoding: 'utf8',
      // Modes do not bind root.
      ...(process.getuid?.() === 0 && nobody),
    });
    return { ...ended, after: folder, by: 'limit' as const };
  } finally {
    chmodSync(folder, 0o755);
  }
}
