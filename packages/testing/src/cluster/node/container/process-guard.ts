import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/**
 * Reads `+ <group>` and `- <group>`, and ends the groups that are left when its input ends. That is when the node closes it,
 * or when the node's process is gone, in whatever way it went.
 */
const script = `
groups=" "
while read -r change group; do
  case "$change" in
    +) groups="$groups$group " ;;
    -) groups="\${groups%% $group *} \${groups#* $group }" ;;
  esac
done
for group in $groups; do kill -9 "-$group" 2>/dev/null; done
`;

/** A process that outlives its parent by a moment, to end the parent's children. */
export class ProcessGuard {
  private readonly child: ChildProcess;

  constructor() {
    // A session of its own: what ends the group of the parent must not end the guard.
    this.child = spawn('sh', ['-c', script], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    // A guard that is gone takes nothing with it.
    this.child.stdin?.on('error', () => {});
    // A test that forgot to stop its node may still end.
    this.child.unref();
    (this.child.stdin as unknown as { unref(): void }).unref();
  }

  /** From now on this process group does not outlive the parent. */
  add(group: number): void {
    this.child.stdin?.write(`+ ${group}\n`);
  }

  /** The group is gone: its number may be another's soon. */
  remove(group: number): void {
    this.child.stdin?.write(`- ${group}\n`);
  }

  /** Ends the groups that are left. */
  async close(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.ref();
    this.child.stdin?.end();
    await gone;
  }
}
