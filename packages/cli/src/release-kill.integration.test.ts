import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  bundleDojo,
  git,
  kill,
  killTree,
  makeRepository,
  readRefs,
  startDojo,
  startGitServer,
  startKillProxy,
} from 'dojo-testing';
import type { DojoExit, GitServer, KillMoment, KillProxy } from 'dojo-testing';
import fc from 'fast-check';

/** Runs at a time; more would only wait for each other. */
const lanes = 2;
const pairs = 60;
const seed = 20261122;
const moments: readonly KillMoment[] = ['before', 'during', 'after'];

interface Trap {
  readonly at: number;
  readonly when: KillMoment;
}

describe('dojo release', () => {
  let root: string;
  let server: GitServer;
  let made = 0;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'dojo-kill-'));
    bundleDojo();
    const template = join(root, 'template.git');
    makeRepository(template, {
      commits: [
        { message: 'feat: a', files: { VERSION: '1.0.0\n' }, tag: 'v1.0.0' },
        { message: 'fix: b', files: { b: '1' } },
        { message: 'feat: c', files: { c: '1' } },
      ],
    });
    git(template, ['config', 'http.receivepack', 'true']);
    git(template, ['config', 'uploadpack.allowFilter', 'true']);
    server = await startGitServer({ root });
  }, 60_000);
  afterAll(async () => {
    await server.close();
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  });

  /** A repository of its own, and runs on it that are killed. */
  class World {
    readonly name = `world-${made++}`;
    readonly path = join(root, `${this.name}.git`);
    readonly home = join(root, `${this.name}-home`);
    proxy!: KillProxy;

    static async make(): Promise<World> {
      const world = new World();
      cpSync(join(root, 'template.git'), world.path, { recursive: true });
      world.proxy = await startKillProxy(server.url);
      return world;
    }

    run(trap?: Trap): Promise<DojoExit> {
      const repository = `${this.proxy.url}/${this.name}.git`;
      const { pid, ended } = startDojo(
        ['release', '--repository', repository, '--json'],
        this.home,
      );
      this.proxy.disarm();
      if (trap) {
        this.proxy.trap(trap.at, trap.when, () =>
          trap.when === 'during' ? kill(pid) : killTree(pid),
        );
      }
      return ended;
    }

    /** What the remote holds, once what a killed run left behind has ended. */
    async refs(): Promise<string> {
      await this.proxy.idle();
      return readRefs(this.path);
    }
  }

  async function withWorld<T>(body: (world: World) => Promise<T>): Promise<T> {
    const world = await World.make();
    try {
      return await body(world);
    } finally {
      await world.proxy.close();
    }
  }

  const undisturbed = () =>
    withWorld(async world => {
      const { code } = await world.run();
      expect(code).toBe(0);
      // The address is part of the plan, so the trailer differs from world to world; all else is compared.
      return describeWorld(world);
    });

  async function describeWorld(world: World): Promise<unknown> {
    await world.refs();
    const show = (...args: string[]) => git(world.path, args);
    const withoutHash = (text: string) =>
      text.replace(/Dojo-Plan: [0-9a-f]{64}/, 'Dojo-Plan: …');
    return {
      refs: show('for-each-ref', '--format=%(refname) %(objecttype)'),
      tree: show('rev-parse', 'main^{tree}'),
      tagged: show('rev-parse', 'v1.1.0^{tree}'),
      isOnMain:
        show('rev-parse', 'v1.1.0^{commit}') === show('rev-parse', 'main'),
      commit: withoutHash(
        show('log', '-1', '--format=%an %ae %at %cn %ce %ct %P%n%B', 'main'),
      ),
      tag: withoutHash(
        show(
          'for-each-ref',
          '--format=%(taggername) %(taggerdate:unix) %(contents)',
          'refs/tags/v1.1.0',
        ),
      ),
    };
  }

  async function inLanes<T>(
    items: readonly T[],
    body: (item: T) => Promise<void>,
  ): Promise<void> {
    const queue = [...items];
    await Promise.all(
      Array.from({ length: lanes }, async () => {
        for (
          let next = queue.shift();
          next !== undefined;
          next = queue.shift()
        ) {
          await body(next);
        }
      }),
    );
  }

  /** Runs with these traps, then one run that is left alone. */
  const killedAt = (traps: readonly Trap[], expected: unknown) =>
    withWorld(async world => {
      for (const trap of traps) {
        const { signal, code } = await world.run(trap);
        // A run that had nothing left to ask was not caught.
        expect(signal ?? code).toBe(signal === null ? 0 : 'SIGKILL');
        if (trap.when !== 'during') await world.proxy.idle();
      }
      const last = await world.run();
      expect({ traps, code: last.code, stderr: last.stderr }).toMatchObject({
        code: 0,
      });
      expect({ traps, world: await describeWorld(world) }).toEqual({
        traps,
        world: expected,
      });
    });

  describe('when it is killed at a request to the git server', () => {
    let expected: unknown;
    let requests: readonly string[];
    beforeAll(async () => {
      expected = await undisturbed();
      requests = await withWorld(async world => {
        await world.run();
        return world.proxy.requests;
      });
    }, 60_000);

    it('would end the same each time if it were not', async () => {
      expect(await undisturbed()).toEqual(expected);
    }, 60_000);

    it('is finished by running it again, whichever request it was', async () => {
      // An orphan that goes on reading changes nothing: that moment is for the push alone.
      const traps = requests.flatMap((request, at) =>
        moments
          .filter(when => when !== 'during' || /receive-pack/.test(request))
          .map(when => ({ at, when })),
      );
      expect(traps.length).toBeGreaterThan(30);
      await inLanes(traps, trap => killedAt([trap], expected));
    }, 600_000);

    // The expectations are those of killedAt.
    // eslint-disable-next-line jest/expect-expect
    it(`is finished after two kills, in ${pairs} pairs by seed ${seed}`, async () => {
      const trap = fc.record({
        at: fc.nat({ max: requests.length - 1 }),
        when: fc.constantFrom(...moments),
      });
      const drawn = fc.sample(fc.tuple(trap, trap), { seed, numRuns: pairs });
      await inLanes(drawn, both => killedAt(both, expected));
    }, 600_000);
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
