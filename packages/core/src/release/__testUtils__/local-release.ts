import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { releaseRequestSchema } from 'backstage-plugin-dojo-common';
import type {
  ReleaseRequest,
  ReleaseRequestInput,
  ReleaseResult,
} from 'backstage-plugin-dojo-common';
import { makeRepository } from 'dojo-testing';
import type { CommitToMake } from 'dojo-testing';
import { createGitOpener } from '../../git/git-opener';
import type { GitOpenerOptions } from '../../git/git-opener';
import type { ReleasePorts } from '../ports';
import { release } from '../release';
import type { ReleaseOptions } from '../release';

/** The moment at which the tests release. */
export const testNow = new Date('2026-11-22T10:00:00Z');

/** A package of 1.0.0, a fix and a feature: a release makes 1.1.0 of it. */
export const packageHistory: readonly CommitToMake[] = [
  {
    message: 'feat: begin',
    files: {
      'package.json': '{\n  "name": "ledger",\n  "version": "1.0.0"\n}\n',
    },
    tag: 'v1.0.0',
  },
  { message: 'fix: one\n', files: { a: '1' } },
  { message: 'feat(api): two\n', files: { b: '2' } },
];

/** A folder of repositories, and releases of them as the command makes them. */
export interface LocalReleases {
  readonly root: string;
  /** The path of a repository of this name. */
  path(name: string): string;
  /** Makes the repository `ledger`, of {@link packageHistory} where no commits are given, and tells its path. */
  make(
    commits?: readonly CommitToMake[],
    objectFormat?: 'sha1' | 'sha256',
  ): string;
  ports(git?: Partial<GitOpenerOptions>): ReleasePorts;
  release(
    request: ReleaseRequestInput,
    options?: Partial<ReleaseOptions>,
    ports?: Partial<ReleasePorts>,
  ): Promise<ReleaseResult>;
  dispose(): void;
}

/** How a release reads a repository of this machine. */
export type LocalReading = 'read in place' | 'fetched';

/** Makes the folder, below the machine's own for temporary files. */
export function localReleases(
  reading: LocalReading = 'read in place',
): LocalReleases {
  const root = mkdtempSync(join(tmpdir(), 'dojo-test-'));
  const ports = (git: Partial<GitOpenerOptions> = {}): ReleasePorts => ({
    clock: { now: () => testNow },
    author: { name: 'Dojo', email: 'dojo@example.com' },
    openRepository: createGitOpener({
      allowedHosts: 'any',
      localRoot: { kind: 'anywhere', cwd: root },
      temporaryRoot: join(root, 'tmp'),
      ...git,
    }),
    openImage: () => {
      throw new Error('no image in this test');
    },
    openForge: () => undefined,
  });
  const pathOf = (name: string) => join(root, `${name}.git`);
  return {
    root,
    path: pathOf,
    make: (commits = packageHistory, objectFormat = 'sha1') => {
      const path = pathOf('ledger');
      makeRepository(path, { commits, objectFormat });
      // Lists no commit, so that git finds nothing missing; objects of a shallow repository are never read in place.
      if (reading === 'fetched') writeFileSync(join(path, 'shallow'), '');
      return path;
    },
    ports,
    release: (request, options, more) =>
      release(
        toRequest(request),
        { ...ports(), ...more },
        { signal: new AbortController().signal, ...options },
      ),
    dispose: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** The request with its defaults, as every entry point parses it. */
export function toRequest(request: ReleaseRequestInput): ReleaseRequest {
  return releaseRequestSchema.parse(request);
}
