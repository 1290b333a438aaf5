import { constants } from 'node:fs';
import {
  mkdir,
  open,
  readdir,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ownerMark } from '../../local/run-owner';
import { encodeObject, formatOf } from '../objects/git-objects';

/** Options of {@link createObjectCache}. */
export interface ObjectCacheOptions {
  /** A folder of this machine that nothing else uses. It is made when the first object is kept. */
  readonly folder: string;
  /** Bytes of all objects; when there are more, those that were not used for longest go. Default 64 MiB. */
  readonly maxBytes?: number;
  /** Default: this machine's clock. */
  readonly now?: () => Date;
}

/** An object that is kept. */
export interface CachedObject {
  readonly type: 'commit' | 'tree' | 'blob';
  readonly body: Buffer;
}

/**
 * Git objects of remote repositories, kept from run to run. An object's id is the hash of its bytes: what is read is
 * compared with it, so that a half, changed or foreign file is as if it were not there, and nobody needs to be trusted
 * who can write to the folder. Each repository has objects of its own, since who may read one may not read another.
 */
export interface ObjectCache {
  /** @returns undefined where it is not there, or not what its id says. */
  read(repository: string, oid: string): Promise<CachedObject | undefined>;
  /** Keeps an object. A folder that cannot be written keeps nothing, and that is no error. */
  keep(repository: string, object: CachedObject, oid: string): Promise<void>;
  /** Removes what is too much, and what killed runs left. */
  prune(): Promise<void>;
}

const defaultMaxBytes = 64 * 1024 * 1024;
/** Larger objects are not kept: one of them would push all others out. */
const maxObjectBytes = 8 * 1024 * 1024;
/** So much is left where it became too much: the next objects then need no look at all of them. */
const keptShare = 0.8;
/** Milliseconds; a use is noted by this step, so that reading writes little. */
const useStep = 60 * 60_000;
/** Milliseconds after which a file that nobody finished belongs to a run that died. */
const unfinishedFor = 60 * 60_000;

const header = /^(commit|tree|blob) (\d{1,10})$/;
const maxHeader = 20;
const fileName = /^(?:[0-9a-f]{40}|[0-9a-f]{64})(\.[^/]+)?$/;

/** {@link ObjectCache} in a folder: `<repository>/<two digits>/<id>`. Several processes may use it at once. */
export function createObjectCache(options: ObjectCacheOptions): ObjectCache {
  const { folder, maxBytes = defaultMaxBytes } = options;
  const now = options.now ?? (() => new Date());
  let written = 0;
  const fileOf = (repository: string, oid: string) =>
    join(folder, nameOf(repository), oid.slice(0, 2), oid);
  return {
    read: async (repository, oid) => {
      const path = fileOf(repository, oid);
      const file = await readSmall(path);
      if (file === undefined) return undefined;
      const object = parse(file.bytes, oid);
      if (object === undefined) {
        await rm(path, { force: true }).catch(() => undefined);
        return undefined;
      }
      const at = now();
      if (at.getTime() - file.usedAt.getTime() > useStep) {
        await utimes(path, at, at).catch(() => undefined);
      }
      return object;
    },
    keep: async (repository, { type, body }, oid) => {
      if (body.length > maxObjectBytes) return;
      const { bytes } = encodeObject(type, body, formatOf(oid));
      const path = fileOf(repository, oid);
      written += 1;
      const unfinished = `${path}.${ownerMark()}-${written}`;
      try {
        await mkdir(join(path, '..'), { recursive: true });
        await writeFile(unfinished, bytes, { mode: 0o600 });
        await utimes(unfinished, now(), now());
        await rename(unfinished, path);
      } catch {
        // No room, or no right to write: the next run reads it from its repository again.
        await rm(unfinished, { force: true }).catch(() => undefined);
      }
    },
    prune: () => prune(folder, maxBytes, now()),
  };
}

function nameOf(repository: string): string {
  return createHash('sha256').update(repository).digest('hex').slice(0, 32);
}

async function readSmall(
  path: string,
): Promise<{ readonly bytes: Buffer; readonly usedAt: Date } | undefined> {
  // A link or a pipe is none of ours, and to read one may never end.
  const flags =
    constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags).catch(() => undefined);
  try {
    const found = await file?.stat();
    if (!found?.isFile() || found.size > maxObjectBytes + maxHeader) {
      return undefined;
    }
    return { bytes: await file!.readFile(), usedAt: found.mtime };
  } catch {
    return undefined;
  } finally {
    await file?.close();
  }
}

function parse(bytes: Buffer, oid: string): CachedObject | undefined {
  const hash = createHash(formatOf(oid)).update(bytes).digest('hex');
  const end = bytes.indexOf(0);
  if (hash !== oid || end < 0 || end > maxHeader) return undefined;
  const [, type] = header.exec(bytes.toString('latin1', 0, end)) ?? [];
  return type === undefined
    ? undefined
    : { type: type as CachedObject['type'], body: bytes.subarray(end + 1) };
}

async function prune(
  folder: string,
  maxBytes: number,
  now: Date,
): Promise<void> {
  const files: { path: string; bytes: number; usedAt: number }[] = [];
  for (const name of await listFiles(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) continue;
    const usedAt = found.mtime.getTime();
    const match = fileName.exec(name.slice(name.lastIndexOf('/') + 1));
    if (match === null) continue;
    if (match[1] === undefined) {
      files.push({ path, bytes: found.size, usedAt });
    } else if (now.getTime() - usedAt > unfinishedFor) {
      await rm(path, { force: true }).catch(() => undefined);
    }
  }
  let all = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (all <= maxBytes) return;
  files.sort((a, b) => a.usedAt - b.usedAt);
  for (const { path, bytes } of files) {
    if (all <= maxBytes * keptShare) return;
    await rm(path, { force: true }).catch(() => undefined);
    all -= bytes;
  }
}

/** Relative paths of files, three names long. */
async function listFiles(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const repository of await namesIn(folder)) {
    for (const digits of await namesIn(join(folder, repository))) {
      const names = await namesIn(join(folder, repository, digits));
      found.push(...names.map(name => `${repository}/${digits}/${name}`));
    }
  }
  return found;
}

function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
