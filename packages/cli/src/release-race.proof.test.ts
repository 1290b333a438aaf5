import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  addCommits,
  bundleDojo,
  git,
  makeRepository,
  readRefs,
  startDojo,
} from 'dojo-testing';
import type { DojoExit } from 'dojo-testing';

const runs = 32;

describe('dojo release', () => {
  let root: string;
  let path: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'dojo-race-'));
    path = join(root, 'ledger.git');
    bundleDojo();
  }, 60_000);
  afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));

  /** Each with a home and a folder for temporary files of its own. */
  const release = (name: string) =>
    startDojo(
      ['release', '--repository', `file://${path}`, '--json'],
      join(root, name),
    ).ended;
  const newTags = () =>
    git(path, ['tag', '--list'])
      .split('\n')
      .filter(tag => tag !== 'v1.0.0');

  describe(`when ${runs} run at once and somebody pushes docs after the first`, () => {
    it('makes one release, which all of them report or leave to be planned again', async () => {
      makeRepository(path, {
        commits: [
          { message: 'feat: a', files: { VERSION: '1.0.0\n' }, tag: 'v1.0.0' },
          { message: 'fix: b', files: { b: '1' } },
        ],
      });
      const racing = Array.from({ length: runs }, (_, run) =>
        release(`run-${run}`),
      );
      // As soon as one has released, and whatever the others are at.
      await Promise.any(
        racing.map(async exit => {
          if ((await exit).code !== 0) throw new Error('it gave way');
        }),
      );
      addCommits(path, [{ message: 'docs: say how', files: { docs: '1' } }]);
      const exits: DojoExit[] = await Promise.all(racing);

      const codes = new Set(exits.map(({ code }) => code));
      expect([...codes].filter(code => code !== 0 && code !== 4)).toEqual([]);
      expect(codes).toContain(0);
      expect(newTags()).toEqual(['v1.0.1']);
      expect(git(path, ['cat-file', '-t', 'v1.0.1'])).toBe('tag');
      expect(git(path, ['merge-base', 'v1.0.1', 'main'])).toBe(
        git(path, ['rev-parse', 'v1.0.1^{commit}']),
      );
      const changelog = git(path, ['show', 'main:CHANGELOG.md']);
      expect(changelog.match(/^## 1\.0\.1 /gm)).toHaveLength(1);
      expect(git(path, ['fsck', '--strict', '--no-dangling'])).toBe('');

      const refs = readRefs(path);
      const again = await release('again');
      expect(again.code).toBe(0);
      expect(JSON.parse(again.stdout)).toMatchObject({
        outcome: 'nothing-to-release',
        version: '1.0.1',
      });
      expect(readRefs(path)).toBe(refs);
    }, 300_000);
  });
});
