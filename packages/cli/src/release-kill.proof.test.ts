import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  bundleDojo,
  git,
  isFullSweep,
  makeRepository,
  readRefs,
  startDojo,
  startGitServer,
  startRegistry,
  sweepOf,
} from 'dojo-testing';
import type { DojoExit, KillMoment } from 'dojo-testing';
import fc from 'fast-check';
import { inLanes } from './__testUtils__/in-lanes';
import { ReleaseWorld } from './__testUtils__/release-world';
import type { SharedServers, Trap } from './__testUtils__/release-world';

const seed = 20261122;
/** Of the requests at which a run is killed, and of the pairs of them. */
const sample = 36;
const pairs = isFullSweep() ? 60 : 18;
const moments: readonly KillMoment[] = ['before', 'during', 'after'];

/** What a run says that neither ended well nor was killed. */
function failureOf({ code, signal, stderr }: DojoExit): string | undefined {
  return code === 0 || signal === 'SIGKILL' ? undefined : stderr;
}

describe('dojo release', () => {
  let root: string;
  let servers: SharedServers;
  let made = 0;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'dojo-kill-'));
    bundleDojo();
    const template = join(root, 'template.git');
    makeRepository(template, {
      commits: [
        { message: 'feat: a', files: { VERSION: '1.0.0\n' }, tag: 'v1.0.0' },
        { message: 'fix: b', files: { b: '1' } },
        { message: 'feat: c (#7)', files: { c: '1' } },
      ],
    });
    git(template, ['config', 'http.receivepack', 'true']);
    git(template, ['config', 'uploadpack.allowFilter', 'true']);
    servers = {
      root,
      git: await startGitServer({ root }),
      registry: await startRegistry(),
    };
    // The first start on a machine builds the registry.
  }, 900_000);
  afterAll(async () => {
    await servers.git.close();
    await servers.registry.close();
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  });

  async function withWorld<T>(
    body: (world: ReleaseWorld) => Promise<T>,
  ): Promise<T> {
    const world = await ReleaseWorld.make(servers);
    try {
      return await body(world);
    } finally {
      await world.close();
    }
  }

  const undisturbed = () =>
    withWorld(async world => {
      expect(failureOf(await world.run())).toBeUndefined();
      return { state: await world.describe(), requests: world.proxy.requests };
    });

  /** Runs with these traps, then one run that is left alone. */
  const killedAt = (traps: readonly Trap[], expected: unknown) =>
    withWorld(async world => {
      for (const trap of traps) {
        const run = await world.run(trap);
        // A run that had nothing left to ask was not caught.
        expect({ traps, failure: failureOf(run) }).toEqual({ traps });
        if (trap.when !== 'during') await world.proxy.idle();
      }
      const last = await world.run();
      expect({ traps, failure: failureOf(last), code: last.code }).toEqual({
        traps,
        code: 0,
      });
      expect({ traps, state: await world.describe() }).toEqual({
        traps,
        state: expected,
      });
    });

  describe('when it is killed at a request to git, the registry or GitHub', () => {
    let expected: unknown;
    let requests: readonly string[];
    beforeAll(async () => {
      const first = await undisturbed();
      expected = first.state;
      requests = first.requests;
    }, 120_000);

    it('has an end state to be compared with: two runs left alone agree', async () => {
      expect((await undisturbed()).state).toEqual(expected);
      const asked = (what: RegExp) => requests.some(each => what.test(each));
      for (const what of [
        /^POST .*receive-pack/,
        /^PUT .*\/manifests\/sha256:/,
        /^PUT .*\/manifests\/1\.1\.0$/,
        /^PUT .*\/manifests\/latest$/,
        /^POST \/repos\/.*\/releases$/,
      ]) {
        expect({ what, asked: asked(what) }).toEqual({ what, asked: true });
      }
    }, 60_000);

    // eslint-disable-next-line jest/expect-expect -- killedAt asserts
    it(`is finished by running it again, whichever request it was (seed ${seed})`, async () => {
      // An orphan that goes on reading changes nothing: that moment is for the push alone.
      const traps = requests.flatMap((request, at) =>
        moments
          .filter(when => when !== 'during' || /receive-pack/.test(request))
          .map(when => ({ at, when })),
      );
      await inLanes(sweepOf(traps, { size: sample, seed }), trap =>
        killedAt([trap], expected),
      );
    }, 900_000);

    // eslint-disable-next-line jest/expect-expect -- killedAt asserts
    it(`is finished after two kills, in ${pairs} pairs by seed ${seed}`, async () => {
      const trap = fc.record({
        at: fc.nat({ max: requests.length - 1 }),
        when: fc.constantFrom(...moments),
      });
      const drawn = fc.sample(fc.tuple(trap, trap), { seed, numRuns: pairs });
      await inLanes(drawn, both => killedAt(both, expected));
    }, 900_000);
  });

  describe('when it is killed while it pushes to a local repository', () => {
    it.each([
      ['before the push is taken', 'pre-receive', 'exit 1'],
      ['and the push goes on', 'pre-receive', 'exit 0'],
      ['after the push was taken', 'post-receive', 'exit 0'],
    ])(
      '%s, running it again finishes it',
      async (_, hook, end) => {
        const path = join(root, `local-${made++}.git`);
        const home = `${path}-home`;
        cpSync(join(root, 'template.git'), path, { recursive: true });
        const run = () => startDojo(['release', '--repository', path], home);
        const first = run();
        const file = join(path, 'hooks', hook);
        writeFileSync(file, `#!/bin/sh\nkill -9 ${first.pid}\n${end}\n`);
        chmodSync(file, 0o755);
        expect((await first.ended).signal).toBe('SIGKILL');
        rmSync(file);
        expect((await run().ended).code).toBe(0);
        const refs = readRefs(path);
        expect(git(path, ['tag', '--list'])).toBe('v1.0.0\nv1.1.0');
        expect(git(path, ['rev-parse', 'v1.1.0^{commit}'])).toBe(
          git(path, ['rev-parse', 'main']),
        );
        expect(git(path, ['fsck', '--strict', '--no-dangling'])).toBe('');
        expect((await run().ended).code).toBe(0);
        expect(readRefs(path)).toBe(refs);
      },
      60_000,
    );
  });
});
