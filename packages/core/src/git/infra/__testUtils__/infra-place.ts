import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { git, makeRepository, startGitServer } from 'dojo-testing';
import type { CommitToMake, GitServer, GitServerOptions } from 'dojo-testing';
import type {
  BaseRepository,
  InfraChange,
  InfraRepository,
  NoteRepository,
} from '../../../deploy/ports';
import { createBaseOpener, createInfraOpener } from '../../git-opener';
import type { BaseOpenerOptions } from '../../git-opener';

/** How a test reaches its repository. */
export type Reach = 'in place' | 'over HTTP';

export const reaches: readonly Reach[] = ['in place', 'over HTTP'];

/** A signal that nobody aborts. */
export const { signal } = new AbortController();

/** A folder of repositories of one test, a server over it, and what was opened of them. */
export class InfraPlace {
  readonly root = mkdtempSync(join(tmpdir(), 'dojo-test-'));
  server: GitServer | undefined;
  #serving: Promise<GitServer> | undefined;
  readonly #opened: { dispose(): Promise<void> }[] = [];

  path(name = 'infra'): string {
    return join(this.root, `${name}.git`);
  }

  make(commits: readonly CommitToMake[], name = 'infra'): string {
    const path = this.path(name);
    makeRepository(path, { commits });
    this.allow(path);
    return path;
  }

  /** A repository without a commit, whose HEAD names this branch. */
  makeEmpty(branch: string, format: 'sha1' | 'sha256' = 'sha1'): string {
    const path = this.path();
    execFileSync(
      'git',
      ['init', '-q', '--bare', '-b', branch, `--object-format=${format}`, path],
      { env: { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: devNull } },
    );
    this.allow(path);
    return path;
  }

  allow(path: string): void {
    git(path, ['config', 'http.receivepack', 'true']);
    git(path, ['config', 'uploadpack.allowFilter', 'true']);
  }

  async serve(options: Partial<GitServerOptions> = {}): Promise<string> {
    // Several may ask at once.
    this.#serving ??= startGitServer({ root: this.root, ...options });
    this.server = await this.#serving;
    return this.server.url;
  }

  async address(reach: Reach, name = 'infra'): Promise<string> {
    return reach === 'in place'
      ? this.path(name)
      : `${await this.serve()}/${name}.git`;
  }

  async open(
    reach: Reach = 'in place',
    name = 'infra',
  ): Promise<InfraRepository & NoteRepository> {
    return this.openAt(await this.address(reach, name));
  }

  async openAt(
    url: string,
    authorization?: BaseOpenerOptions['authorization'],
  ): Promise<InfraRepository & NoteRepository> {
    const open = createInfraOpener({ ...this.options(), authorization });
    const repository = await open(url);
    this.#opened.push(repository);
    return repository;
  }

  async openBase(
    url: string,
    cache?: BaseOpenerOptions['cache'],
  ): Promise<BaseRepository & NoteRepository> {
    const open = createBaseOpener({ ...this.options(), cache });
    const repository = await open(url);
    this.#opened.push(repository);
    return repository;
  }

  options(): BaseOpenerOptions {
    return {
      allowedHosts: 'any',
      localRoot: { kind: 'anywhere', cwd: this.root },
      temporaryRoot: join(this.root, 'tmp'),
    };
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#opened.map(each => each.dispose()));
    await this.server?.close();
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A change of the files, by Ada, at noon. */
export function changeOf(
  files: Readonly<Record<string, string | undefined>>,
  more: Partial<InfraChange> = {},
): InfraChange {
  return {
    branch: 'main',
    files: Object.entries(files).map(([path, text]) => ({ path, text })),
    message: 'deploy: ledger 1.2.0 to dev\n\nDojo-Plan: abc\n',
    author: { name: 'Ada', email: 'ada@example.com' },
    date: new Date('2026-11-29T12:00:00Z'),
    ...more,
  };
}
