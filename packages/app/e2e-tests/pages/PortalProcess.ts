import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { root } from './portalData';

/** A portal of a test's own, in a process that a script of this repository starts. */
export class PortalProcess {
  /** Where it answers. */
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #says: string;

  private constructor(child: ChildProcess, says: string) {
    this.#child = child;
    this.#says = says;
    this.url = this.address('Portal');
  }

  /**
   * Starts it and waits until it answers; throws what it complains of where it ends before.
   *
   * @param script - says `Portal <url>` then, among its last lines
   */
  static start(
    script: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<PortalProcess> {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    // A runner that is ended in between leaves no portal behind.
    process.once('exit', () => child.kill());
    let says = '';
    let complains = '';
    child.stderr.on('data', chunk => {
      complains += chunk;
    });
    return new Promise((resolve, reject) => {
      child.once('close', () => reject(new Error(complains)));
      child.stdout.on('data', chunk => {
        says += chunk;
        if (/^Portal \S+\n/m.test(says)) {
          resolve(new PortalProcess(child, says));
        }
      });
    });
  }

  /** What it said of something before it answered: `Kubeconfig <path>`. */
  address(of: string): string {
    const [, found] = new RegExp(`^${of} (\\S+)$`, 'm').exec(this.#says) ?? [];
    if (found === undefined) throw new Error(`no address of ${of}`);
    return found;
  }

  /** Ends every process of it; one that has ended stays so. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }
}
