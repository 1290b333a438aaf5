import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { portalData } from './portalData';

const person = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@ledger.test',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@ledger.test',
};

/** What {@link ForgeRepository.make} makes. */
export interface NewForgeRepository {
  readonly name: string;
  readonly owner: string;
  /** Annotations of its component, beside its repository. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Labels of its component; default: none. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Age of its commits; default: they are of now. */
  readonly daysAgo?: number;
  /** Messages of its commits, oldest first; the first brings its catalog entry. */
  readonly commits: readonly string[];
}

/** A bare repository in the portal's local forge, written with git itself. */
export class ForgeRepository {
  readonly #path: string;

  constructor(name: string, data = portalData) {
    this.#path = join(data, `forge/${name}.git`);
  }

  /** Makes one with a component in it, which the catalog finds; the same again leaves it as it is. */
  static make(wanted: NewForgeRepository, data = portalData): ForgeRepository {
    const repository = new ForgeRepository(wanted.name, data);
    if (existsSync(repository.#path)) return repository;
    execFileSync('git', [
      ...['init', '--quiet', '--bare', '--initial-branch=main'],
      repository.#path,
    ]);
    const [first, ...others] = wanted.commits;
    const date = new Date(
      Date.now() - (wanted.daysAgo ?? 0) * 86_400_000,
    ).toISOString();
    const dates = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    const commitTree = (...args: string[]) =>
      repository.#run(['commit-tree', ...args], undefined, dates);
    const blob = repository.#run(
      ['hash-object', '-w', '--stdin'],
      catalogInfo(wanted),
    );
    const tree = repository.#run(
      ['mktree'],
      `100644 blob ${blob}\tcatalog-info.yaml\n`,
    );
    let commit = commitTree(tree, '-m', first);
    for (const message of others) {
      commit = commitTree(tree, '-p', commit, '-m', message);
    }
    repository.git('update-ref', 'refs/heads/main', commit);
    return repository;
  }

  /** Output of one git command, trimmed. */
  git(...args: string[]): string {
    return this.#run(args);
  }

  tags(): string[] {
    return this.git('tag', '--list').split('\n').filter(Boolean);
  }

  /** Puts an empty commit on a branch, as somebody's push would. */
  commit(message: string, branch = 'main'): string {
    const oid = this.git(
      ...['commit-tree', `${branch}^{tree}`, '-p', branch, '-m', message],
    );
    this.git('update-ref', `refs/heads/${branch}`, oid);
    return oid;
  }

  /** Puts a commit on main that writes files, as somebody's push would. */
  put(message: string, files: Readonly<Record<string, string>>): string {
    const work = mkdtempSync(join(tmpdir(), 'forge-'));
    const index = { GIT_INDEX_FILE: join(work, 'index') };
    try {
      const entries = Object.entries(files).map(([file, text]) => {
        const blob = this.#run(['hash-object', '-w', '--stdin'], text);
        return `100644 ${blob}\t${file}\n`;
      });
      this.#run(['read-tree', 'main'], undefined, index);
      this.#run(['update-index', '--index-info'], entries.join(''), index);
      const tree = this.#run(['write-tree'], undefined, index);
      const oid = this.git('commit-tree', tree, '-p', 'main', '-m', message);
      this.git('update-ref', 'refs/heads/main', oid);
      return oid;
    } finally {
      rmSync(work, { recursive: true });
    }
  }

  /** Lets every push wait, as a server does whose checks take their time, until `end` is called. */
  holdPushes(): { end(): void } {
    const held = join(this.#path, 'held');
    writeFileSync(held, '');
    const hook = join(this.#path, 'hooks/pre-receive');
    mkdirSync(dirname(hook), { recursive: true });
    writeFileSync(hook, '#!/bin/sh\nwhile [ -e held ]; do sleep 0.1; done\n', {
      mode: 0o755,
    });
    return { end: () => rmSync(held) };
  }

  #run(
    args: readonly string[],
    input?: string,
    env: Readonly<Record<string, string>> = {},
  ): string {
    return execFileSync('git', ['-C', this.#path, ...args], {
      encoding: 'utf8',
      input,
      env: { ...process.env, ...person, ...env },
    }).trim();
  }
}

function catalogInfo(wanted: NewForgeRepository) {
  const { name, owner, annotations = {}, labels = {} } = wanted;
  const labelLines = Object.entries(labels).map(
    ([key, value]) => `    ${key}: '${value}'\n`,
  );
  const lines = Object.entries({
    'dojo/repository': `file:${name}.git`,
    ...annotations,
  }).map(([key, value]) => `    ${key}: '${value}'`);
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
${
  labelLines.length > 0 ? `  labels:\n${labelLines.join('')}` : ''
}  annotations:
${lines.join('\n')}
spec:
  type: service
  lifecycle: production
  owner: ${owner}
`;
}
