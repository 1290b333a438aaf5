import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
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
    const blob = repository.#run(
      ['hash-object', '-w', '--stdin'],
      catalogInfo(wanted),
    );
    const tree = repository.#run(
      ['mktree'],
      `100644 blob ${blob}\tcatalog-info.yaml\n`,
    );
    let commit = repository.git('commit-tree', tree, '-m', first);
    for (const message of others) {
      commit = repository.git('commit-tree', tree, '-p', commit, '-m', message);
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

  #run(args: readonly string[], input?: string): string {
    return execFileSync('git', ['-C', this.#path, ...args], {
      encoding: 'utf8',
      input,
      env: { ...process.env, ...person },
    }).trim();
  }
}

function catalogInfo({ name, owner, annotations = {} }: NewForgeRepository) {
  const lines = Object.entries({
    'dojo/repository': `file:${name}.git`,
    ...annotations,
  }).map(([key, value]) => `    ${key}: '${value}'`);
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  annotations:
${lines.join('\n')}
spec:
  type: service
  lifecycle: production
  owner: ${owner}
`;
}
