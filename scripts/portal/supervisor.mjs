import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The backend waits for open connections, of which a browser and its own event bus always hold some. */
const PATIENCE_MS = 3_000;

/**
 * Runs processes that live and die together: one that ends without being asked ends the others and this process, with
 * exit code 1 and the end of its log. Ctrl-C, SIGTERM and a closed terminal end them too, whether the signal came to
 * this process alone or to its whole group.
 */
export class Supervisor {
  #running = new Set();
  #stopping = false;

  constructor() {
    process.on('SIGINT', () => this.stop(130));
    process.on('SIGTERM', () => this.stop(143));
    process.on('SIGHUP', () => this.stop(129));
  }

  /** Starts a process that is meant to stay. */
  start(what) {
    this.#spawn(what).then(async reason => {
      if (this.#stopping) return;
      process.stderr.write(`✗ ${describeEnd(what, reason)}\n`);
      await this.stop(1);
    });
  }

  /** Runs a process to its end; throws where that is a failure. */
  async run(what) {
    const reason = await this.#spawn(what);
    // Whoever waits for this process goes on no further: stop() is about to end this one.
    if (this.#stopping) await new Promise(() => {});
    if (reason !== 'exit code 0') throw new Error(describeEnd(what, reason));
  }

  /** Ends every process, by force after three seconds, then this one. */
  async stop(exitCode) {
    if (this.#stopping) return;
    this.#stopping = true;
    const signalAll = signal =>
      this.#running.forEach(({ child }) => child.kill(signal));
    const force = setTimeout(signalAll, PATIENCE_MS, 'SIGKILL');
    signalAll('SIGTERM');
    await Promise.all([...this.#running].map(({ ended }) => ended));
    clearTimeout(force);
    process.exit(exitCode);
  }

  /** Resolves with how it ended. */
  #spawn({ command, args, cwd, env, log }) {
    const child = spawn(command, args, { cwd, env, stdio: log.stdio });
    const ended = once(child, 'exit').then(
      ([code, signal]) => signal ?? `exit code ${code}`,
      error => error.message,
    );
    const entry = { child, ended };
    this.#running.add(entry);
    return ended.finally(() => this.#running.delete(entry));
  }
}

const describeEnd = ({ name, log }, reason) =>
  `${name} ended: ${reason}; ${log.end()}`;
