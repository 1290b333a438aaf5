import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addCommits, git, readRefs } from 'dojo-testing';
import { failureOf } from '../http/__testUtils__/failure-of';
import { localReleases } from './__testUtils__/local-release';
import type { LocalReleases } from './__testUtils__/local-release';

jest.setTimeout(60_000);

describe('release', () => {
  let local: LocalReleases;
  beforeEach(() => {
    local = localReleases();
  });
  afterEach(() => local.dispose());

  describe('when others release too', () => {
    it('releases once when ten start at once', async () => {
      const path = local.make();
      const results = await Promise.all(
        Array.from({ length: 10 }, () => local.release({ repository: path })),
      );
      expect(git(path, ['tag', '--list']).split('\n')).toEqual([
        'v1.0.0',
        'v1.1.0',
      ]);
      expect(git(path, ['rev-list', '--count', 'v1.0.0..main'])).toBe('3');
      const outcomes = results.map(({ outcome }) => outcome);
      expect(outcomes).toContain('released');
      expect(outcomes).not.toContain('failed');
      expect(new Set(results.map(({ commit }) => commit)).size).toBe(1);
    });
  });

  describe('when another push holds the branch for a moment', () => {
    it('pushes again', async () => {
      const path = local.make();
      const hook = join(path, 'hooks', 'pre-receive');
      // Comes before git takes its locks: at the first push somebody has one, at the second nobody.
      writeFileSync(
        hook,
        '#!/bin/sh\n[ -e was-locked ] && exec rm refs/heads/main.lock\n: > was-locked; : > refs/heads/main.lock\n',
      );
      chmodSync(hook, 0o755);
      const { outcome, commit } = await local.release({ repository: path });
      expect(outcome).toBe('released');
      expect(git(path, ['rev-parse', 'main', 'v1.1.0^{commit}'])).toBe(
        `${commit}\n${commit}`,
      );
    });
  });

  describe('when the plan was reviewed', () => {
    it('refuses it once the branch moved', async () => {
      const path = local.make();
      const { planHash } = await local.release(
        { repository: path },
        { dryRun: true },
      );
      addCommits(path, [{ message: 'fix: late' }]);
      const before = readRefs(path);
      await expect(
        failureOf(local.release({ repository: path }, { planHash })),
      ).resolves.toMatchObject({
        code: 'PLAN_CHANGED',
        kind: 'conflict',
      });
      expect(readRefs(path)).toBe(before);
    });

    it('plans again by itself where it was not, and the branch moves in between', async () => {
      const path = local.make();
      let moved = false;
      const ports = local.ports();
      const result = await local.release(
        { repository: path },
        {},
        {
          openRepository: async (url, signal) => {
            const repository = await ports.openRepository(url, signal);
            const push = repository.pushRelease.bind(repository);
            return Object.assign(repository, {
              pushRelease: (...args: Parameters<typeof push>) => {
                if (!moved) addCommits(path, [{ message: 'docs: human' }]);
                moved = true;
                return push(...args);
              },
            });
          },
        },
      );
      expect(result).toMatchObject({ outcome: 'released', version: '1.1.0' });
      expect(git(path, ['log', '--format=%s', '-2', 'main'])).toBe(
        'chore(release): 1.1.0\ndocs: human',
      );
    });
  });
});
