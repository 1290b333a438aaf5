import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { portalData, root } from './portalData';

const forge = resolve(portalData, 'forge');

/** A service that the portal made, as somebody who clones its repository has it. */
export class NewService {
  readonly #work = mkdtempSync(join(tmpdir(), 'new-service-'));
  readonly #folder: string;
  #process: ChildProcess | undefined;

  constructor(readonly name: string) {
    this.#folder = join(this.#work, name);
    execFileSync('git', [
      ...['clone', '--quiet', resolve(forge, `${name}.git`), this.#folder],
    ]);
    const command = join(this.#work, 'dojo');
    writeFileSync(
      command,
      `#!/bin/sh\nINIT_CWD="$PWD" exec '${process.execPath}' '${resolve(
        root,
        'scripts/dojo.cjs',
      )}' "$@"\n`,
    );
    chmodSync(command, 0o755);
  }

  /** Runs one of its programs to its end; returns what it said. @throws where that is a failure, with its words. */
  run(program: string, ...args: readonly string[]): string {
    return execFileSync(join(this.#folder, program), args, {
      cwd: this.#folder,
      encoding: 'utf8',
      env: this.#environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Output of one git command in the clone, trimmed. */
  git(...args: readonly string[]): string {
    return execFileSync('git', args, {
      cwd: this.#folder,
      encoding: 'utf8',
    }).trim();
  }

  /** The objects of its overlay at a commit of the infra repository, rendered by the command. */
  render(environment: string, commit: string): string {
    return execFileSync(
      process.execPath,
      [
        ...[resolve(root, 'scripts/dojo.cjs'), 'render'],
        `file:infra.git//${this.name}/${environment}?ref=${commit}`,
      ],
      // The overlay's addresses are below the forge.
      { encoding: 'utf8', env: { ...process.env, INIT_CWD: forge } },
    );
  }

  /** Starts it as its image's Cmd says, on the database that the portal made, at a free port; returns its address. */
  async start(environment: string): Promise<string> {
    const port = await freePort();
    const python = join(this.#folder, '.venv/bin/python');
    const database = resolve(
      portalData,
      `data/${environment}/${this.name}.duckdb`,
    );
    if (!existsSync(database)) throw new Error(`there is no ${database}`);
    this.#process = spawn(
      python,
      [
        ...['-m', 'uvicorn', `${this.name}.core.app:create_app`, '--factory'],
        ...['--host', '127.0.0.1', '--port', String(port)],
      ],
      {
        cwd: this.#folder,
        env: {
          PATH: process.env.PATH,
          PYTHONPATH: join(this.#folder, 'src'),
          [`${this.name.toUpperCase()}_DB_PATH`]: database,
          [`${this.name.toUpperCase()}_ENV`]: 'production',
        },
        stdio: ['ignore', 'inherit', 'inherit'],
      },
    );
    return `http://127.0.0.1:${port}`;
  }

  async end() {
    const running = this.#process;
    if (running && running.exitCode === null) {
      const over = once(running, 'exit');
      running.kill();
      await over;
    }
    rmSync(this.#work, { recursive: true, force: true });
  }

  #environment() {
    return {
      PATH: process.env.PATH,
      HOME: this.#work,
      DOJO: join(this.#work, 'dojo'),
      // Packages come from the index that this machine's pip is set up with.
      ...Object.fromEntries(
        Object.entries(process.env).filter(([name]) => name.startsWith('PIP_')),
      ),
    };
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('no port is free');
  }
  return address.port;
}
