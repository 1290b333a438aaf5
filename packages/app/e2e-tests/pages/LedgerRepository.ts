import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portalData, root } from './portalData';

const person = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@ledger.test',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@ledger.test',
};

/** The bare repository of the ledger in the portal's local forge, read and written with git itself. */
export class LedgerRepository {
  readonly #data: string;

  /** @param data - The portal's data folder; default: of the portal that the tests share. */
  constructor(data = portalData) {
    this.#data = data;
  }

  /** Output of one git command, trimmed. */
  git(...args: string[]): string {
    return this.#run(args);
  }

  tags(): string[] {
    return this.git('tag', '--list').split('\n');
  }

  /** Tag -> digest, of the ledger's images in the forge. */
  images(): ReadonlyMap<string, string> {
    const index: {
      manifests: { digest: string; annotations: Record<string, string> }[];
    } = JSON.parse(
      readFileSync(join(this.#data, 'forge/images/ledger/index.json'), 'utf8'),
    );
    return new Map(
      index.manifests.map(({ digest, annotations = {} }) => [
        annotations['org.opencontainers.image.ref.name'],
        digest,
      ]),
    );
  }

  /** Puts an empty commit on main, as somebody else's push would, and its image into the forge, as CI would. */
  commit(message: string): string {
    return this.#push('main^{tree}', message);
  }

  /** The same of a commit that changes a file. */
  change(
    file: string,
    edit: (text: string) => string,
    message: string,
  ): string {
    const work = mkdtempSync(join(tmpdir(), 'ledger-'));
    const env = { GIT_INDEX_FILE: join(work, 'index') };
    try {
      const text = `${this.git('show', `main:${file}`)}\n`;
      const input = edit(text);
      if (input === text) throw new Error(`${file} holds nothing to change`);
      const blob = this.#run(['hash-object', '-w', '--stdin'], { input });
      this.#run(['read-tree', 'main'], { env });
      this.#run(['update-index', '--cacheinfo', `100644,${blob},${file}`], {
        env,
      });
      return this.#push(this.#run(['write-tree'], { env }), message);
    } finally {
      rmSync(work, { recursive: true });
    }
  }

  #push(tree: string, message: string): string {
    const oid = this.git('commit-tree', tree, '-p', 'main', '-m', message);
    this.git('update-ref', 'refs/heads/main', oid);
    execFileSync(process.execPath, [
      join(root, 'scripts/build-image.mjs'),
      '--data',
      this.#data,
    ]);
    return oid;
  }

  #run(
    args: readonly string[],
    options: { input?: string; env?: Record<string, string> } = {},
  ): string {
    return execFileSync(
      'git',
      ['-C', join(this.#data, 'forge/ledger.git'), ...args],
      {
        encoding: 'utf8',
        input: options.input,
        env: { ...process.env, ...person, ...options.env },
      },
    ).trim();
  }
}
