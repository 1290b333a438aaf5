import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  bundleDojo,
  git,
  githubTokens,
  kill,
  killTree,
  startDojo,
  startGitServer,
  startGithub,
  startKillProxy,
  sweepOf,
} from 'dojo-testing';
import type {
  DojoExit,
  GitServer,
  KillMoment,
  KillProxy,
  TestGithub,
} from 'dojo-testing';
import { makeDeployPlace } from './__testUtils__/deploy-place';
import type { DeployPlace } from './__testUtils__/deploy-place';
import { inLanes } from './__testUtils__/in-lanes';

const seed = 20261129;
/** Of the requests to git at which a run is killed; those to the forge are all taken. */
const sample = 6;
const moments: readonly KillMoment[] = ['before', 'during', 'after'];
const waiting = 6;

/** What a run says that neither waits for its merge nor was killed. */
function failureOf({ code, signal, stderr }: DojoExit): string | undefined {
  return code === waiting || signal === 'SIGKILL' ? undefined : stderr;
}

interface Trap {
  readonly at: number;
  readonly when: KillMoment;
}

interface World {
  readonly place: DeployPlace;
  readonly proxy: KillProxy;
  readonly github: TestGithub;
  readonly run: (trap?: Trap) => Promise<DojoExit>;
}

describe('dojo deploy --mode pull-request', () => {
  let root: string;
  let server: GitServer;
  let made = 0;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'dojo-kill-'));
    bundleDojo();
    server = await startGitServer({ root });
  }, 300_000);
  afterAll(async () => {
    await server.close();
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  });

  /** A place and a forge of its own behind a proxy of its own. */
  async function withWorld<T>(body: (world: World) => Promise<T>): Promise<T> {
    const name = `place-${made++}`;
    const place = makeDeployPlace(join(root, name));
    const github = await startGithub({
      owner: name,
      name: 'infra',
      readBranch: branch =>
        git(place.infra, [
          'for-each-ref',
          '--format=%(objectname)',
          `refs/heads/${branch}`,
        ]) || undefined,
    });
    const proxy = await startKillProxy([server.url, github.url]);
    const [gitHost, githubHost] = proxy.hosts;
    const start = () =>
      startDojo(
        [
          ...['deploy', '--component', 'ledger', '--environment', 'dev'],
          ...['--infra', `http://${gitHost}/${name}/infra.git`, '--base'],
          `http://${gitHost}/${name}/ledger.git//deploy/k8s/base`,
          ...['--version', 'v0.1.0', '--storage', '1Gi', '--json'],
          ...['--mode', 'pull-request'],
        ],
        join(root, `${name}-home`),
        {
          DOJO_KUSTOMIZE: place.kustomize,
          GITHUB_SERVER_URL: `http://${gitHost}`,
          GITHUB_API_URL: `http://${githubHost}`,
          GITHUB_TOKEN: githubTokens.write,
        },
      );
    const run = (trap?: Trap) => {
      const { pid, ended } = start();
      proxy.disarm();
      if (trap) {
        proxy.trap(trap.at, trap.when, () =>
          trap.when === 'during' ? kill(pid) : killTree(pid),
        );
      }
      return ended;
    };
    try {
      return await body({ place, proxy, github, run });
    } finally {
      await proxy.close();
      await github.close();
      github.verifyContract();
    }
  }

  /** What repository and forge hold; addresses and hashes differ from place to place. */
  function describeWorld({ place: { infra }, github }: World): unknown {
    const branch = 'dojo/ledger/dev';
    return {
      refs: git(infra, ['for-each-ref', '--format=%(refname)']),
      subjects: git(infra, ['log', '--format=%s', branch]),
      main: git(infra, ['log', '--format=%s', 'main']),
      files: git(infra, ['ls-tree', '-r', '--name-only', branch]),
      pulls: github
        .pulls()
        .map(({ state, title, body }) => [
          state,
          title,
          String(body).replace(/[0-9a-f]{64}/g, '<hash>'),
        ]),
    };
  }

  const undisturbed = () =>
    withWorld(async world => {
      expect(failureOf(await world.run())).toBeUndefined();
      return {
        state: describeWorld(world),
        requests: [...world.proxy.requests],
      };
    });

  it(`ends in one commit and one pull request after a kill at a request and a second run (seed ${seed})`, async () => {
    const { state, requests } = await undisturbed();
    expect(state).toMatchObject({
      subjects: 'deploy(ledger): dev v0.1.0\nbilling',
      main: 'billing',
      pulls: [['open', 'deploy(ledger): dev v0.1.0', expect.anything()]],
    });
    // An orphan that goes on reading changes nothing: that moment is for writes alone.
    const isWrite = (request: string) =>
      /^POST .*(?:receive-pack|\/pulls)$/.test(request);
    const isForge = (request: string) => / \/repos\//.test(request);
    const traps = requests.flatMap((request, at) =>
      moments
        .filter(when => when !== 'during' || isWrite(request))
        .map(when => ({ at, when, request })),
    );
    const [all, others] = [true, false].map(wanted =>
      traps.filter(
        ({ request }) => (isForge(request) || isWrite(request)) === wanted,
      ),
    );
    expect(all.length).toBeGreaterThan(8);
    const chosen = [...all, ...sweepOf(others, { size: sample, seed })];
    await inLanes(chosen, ({ at, when, request }) =>
      withWorld(async world => {
        const killed = await world.run({ at, when });
        expect({ request, when, said: failureOf(killed) }).toEqual({
          request,
          when,
        });
        await world.proxy.idle();
        const last = await world.run();
        expect({ request, when, said: failureOf(last) }).toEqual({
          request,
          when,
        });
        expect({ request, when, state: describeWorld(world) }).toEqual({
          request,
          when,
          state,
        });
      }),
    );
  }, 900_000);

  it('opens one request for three runs at once', async () => {
    await withWorld(async world => {
      await Promise.all([world.run(), world.run(), world.run()]);
      expect(failureOf(await world.run())).toBeUndefined();
      expect(world.github.pulls()).toHaveLength(1);
      const { infra } = world.place;
      expect(git(infra, ['rev-list', '--count', 'dojo/ledger/dev'])).toBe('2');
    });
  }, 120_000);
});
