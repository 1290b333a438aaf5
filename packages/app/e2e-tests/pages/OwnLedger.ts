import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { portalData, root } from './portalData';

const person = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@ledger.test',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@ledger.test',
};

/** Since when the copies have no history with the ledger of the others. */
const released = ['v0.1.0', 'v0.2.0', 'v0.3.0'];

const runSql = `
const { DuckDBInstance } = require('@duckdb/node-api');
const statements = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
// The portal looks at the file now and then, for a moment.
const open = async left => {
  try {
    return await DuckDBInstance.create(process.env.LEDGER);
  } catch (error) {
    if (left === 0) throw error;
    await new Promise(resolve => setTimeout(resolve, 100));
    return open(left - 1);
  }
};
(async () => {
  const instance = await open(100);
  const connection = await instance.connect();
  let rows = [];
  for (const statement of statements) {
    rows = (await connection.runAndReadAll(statement)).getRowsJson();
  }
  connection.closeSync();
  instance.closeSync();
  console.log(JSON.stringify(rows));
})();
`;

/**
 * A component of a test's own: the ledger at its latest release, under another name, in a repository of its own, and a
 * database of it in dev with the ledger's book in it.
 */
export class OwnLedger {
  /** Folder of its migrations in the repository. */
  static readonly migrations = 'src/ledger/sql/migrations';
  /** Of its database in dev. */
  readonly database: string;
  readonly #path: string;

  private constructor(readonly name: string) {
    this.#path = join(portalData, `forge/${name}.git`);
    this.database = resolve(portalData, `data/dev/${name}.duckdb`);
  }

  /** Makes one; it must not be there yet. The catalog finds it within seconds. */
  static make(name: string): OwnLedger {
    const own = new OwnLedger(name);
    if (existsSync(own.#path)) throw new Error(`${name} is there already`);
    cpSync(join(portalData, 'forge/ledger.git'), own.#path, {
      recursive: true,
    });
    const tags = own.git('tag', '--list').split('\n');
    for (const tag of tags.filter(each => !released.includes(each))) {
      own.git('tag', '--delete', tag);
    }
    own.git('update-ref', 'refs/heads/main', 'v0.3.0^{commit}');
    own.change('chore: a component of its own', {
      'catalog-info.yaml': text =>
        text
          .replace('name: ledger', `name: ${name}`)
          .replace('title: "Ledger"', `title: "${name}"`)
          .replace('file:ledger.git', `file:${name}.git`)
          .replace(/^ *(?:dojo\/image|backstage\.io\/techdocs-ref):.*\n/gm, ''),
      // It has no image of its own.
      'deploy/k8s/base/deployment.yaml': text =>
        text.replace(/(image: \S+\/ledger)$/m, '$1:0.3.0'),
    });
    cpSync(resolve(portalData, 'data/dev/ledger.duckdb'), own.database);
    return own;
  }

  /** Output of one git command, trimmed. */
  git(...args: string[]): string {
    return this.#run(args);
  }

  /** Puts a commit on main that changes files or adds them, as somebody's push would. */
  change(
    message: string,
    files: Readonly<Record<string, (text: string) => string>>,
  ): void {
    const work = mkdtempSync(join(tmpdir(), 'own-ledger-'));
    const env = { GIT_INDEX_FILE: join(work, 'index') };
    try {
      this.#run(['read-tree', 'main'], { env });
      for (const [file, edit] of Object.entries(files)) {
        const there = this.git('ls-tree', '--name-only', 'main', file);
        const text =
          there === '' ? '' : `${this.git('show', `main:${file}`)}\n`;
        const input = edit(text);
        if (input === text) throw new Error(`${file} holds nothing to change`);
        const blob = this.#run(['hash-object', '-w', '--stdin'], { input });
        this.#run(
          ['update-index', '--add', '--cacheinfo', `100644,${blob},${file}`],
          { env },
        );
      }
      const tree = this.#run(['write-tree'], { env });
      const commit = this.#run([
        'commit-tree',
        tree,
        '-p',
        'main',
        '-m',
        message,
      ]);
      this.git('update-ref', 'refs/heads/main', commit);
    } finally {
      rmSync(work, { recursive: true });
    }
  }

  /** Runs SQL on the database in dev, as the service would, in a process of its own; returns the last answer. */
  sql(...statements: readonly string[]): unknown[] {
    const answer = execFileSync(process.execPath, ['-e', runSql], {
      encoding: 'utf8',
      cwd: resolve(root, 'packages/core'),
      env: { ...process.env, LEDGER: this.database },
      input: JSON.stringify(statements),
    });
    return JSON.parse(answer);
  }

  #run(
    args: readonly string[],
    options: { input?: string; env?: Record<string, string> } = {},
  ): string {
    return execFileSync('git', ['-C', this.#path, ...args], {
      encoding: 'utf8',
      input: options.input,
      env: { ...process.env, ...person, ...options.env },
    }).trim();
  }
}
