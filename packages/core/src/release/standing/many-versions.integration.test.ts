import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addCommits, git, makeRepository, startGitServer } from 'dojo-testing';
import type { CommitToMake, GitServer } from 'dojo-testing';
import { createStandingOpener } from '../../git/git-opener';
import { observeStanding } from './observe-standing';
import type { Standing } from './standing';

jest.setTimeout(180_000);

const { signal } = new AbortController();

/** Four commits a version, a minor version each hundred. */
function history(versions: number): CommitToMake[] {
  return Array.from({ length: versions * 4 }, (_, at) => {
    const number = Math.floor(at / 4);
    const version = `1.${Math.floor(number / 100)}.${number % 100}`;
    return {
      message: `fix: number ${at}\n\nWhat a person writes below the subject.\n`,
      files: { file: `${at}` },
      ...(at % 4 === 3 && { tag: `v${version}` }),
    };
  });
}

describe('observeStanding of many versions', () => {
  let root: string;
  let server: GitServer;
  let bytes: number;

  const read = async (name: string, known?: Standing) => {
    bytes = 0;
    const before = server.requests.length;
    const open = createStandingOpener({
      allowedHosts: 'any',
      localRoot: { kind: 'anywhere', cwd: root },
      temporaryRoot: join(root, 'tmp'),
      mirrorRoot: join(root, 'mirrors'),
    });
    const url = `${server.url}/${name}.git`;
    const standing = await open(url, repository =>
      observeStanding({ repository: url }, repository, {
        signal,
        ...(known && { known }),
        rejectionIn: () => undefined,
        migrationsIn: () => [],
        breaks: () => false,
      }),
    );
    return { standing, bytes, requests: server.requests.length - before };
  };

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'dojo-versions-'));
    server = await startGitServer({
      root,
      intercept: (_request, response) => {
        const write = response.write.bind(response);
        const count = (chunk: unknown) => {
          if (typeof chunk === 'string' || chunk instanceof Uint8Array) {
            bytes += chunk.length;
          }
        };
        Object.assign(response, {
          write: (...given: Parameters<typeof write>) => {
            count(given[0]);
            return write(...given);
          },
        });
        return false;
      },
    });
  });
  afterAll(async () => {
    await server.close();
    rmSync(root, { recursive: true, force: true });
  });

  it('asks for no more of a quiet repository that has ten times as many', async () => {
    const quiet = [];
    for (const [name, versions] of [
      ['some', 150],
      ['many', 500],
    ] as const) {
      const path = join(root, `${name}.git`);
      makeRepository(path, { commits: history(versions) });
      git(path, ['config', 'uploadpack.allowFilter', 'true']);
      const first = await read(name);
      expect(first.standing.releases).toHaveLength(Math.min(versions, 200));
      expect(first.standing.olderReleases).toBe(Math.max(0, versions - 200));
      expect(first.standing.releases[0].commits).toHaveLength(4);
      expect(first.standing.releases.at(-1)!.commits).toHaveLength(4);
      const second = await read(name, first.standing);
      expect(second.standing).toBe(first.standing);
      quiet.push(second);

      addCommits(path, [{ message: 'feat: one', files: { file: 'x' } }]);
      const third = await read(name, first.standing);
      expect(third.standing.lines[0]).toMatchObject({ count: 1 });
      // What a commit costs does not grow with what was there.
      expect(third.bytes).toBeLessThan(second.bytes + 2_000);
    }
    const [some, many] = quiet;
    expect(some.requests).toBe(2);
    expect(many.requests).toBe(2);
    // Tags of the newest five lines are asked for, of which this history has a hundred each.
    expect(many.bytes).toBeLessThan(100_000);
  });
});
