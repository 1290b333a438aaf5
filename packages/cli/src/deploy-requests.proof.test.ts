import {
  git,
  githubTokens,
  startGithub,
  startKillProxy,
  sweepOf,
} from 'dojo-testing';
import type { DojoExit, KillProxy, TestGithub } from 'dojo-testing';
import {
  addressesAt,
  deployKillSeed as seed,
  failureOf,
  runTrapped,
  trapsAt,
  useDeployPlaces,
} from './__testUtils__/deploy-kills';
import type { Trap } from './__testUtils__/deploy-kills';
import type { DeployPlace } from './__testUtils__/deploy-place';
import { inLanes } from './__testUtils__/in-lanes';

/** Of the requests to git at which a run is killed; those to the forge are all taken. */
const sample = 6;
/** A change that waits for its merge. */
const done = 6;

interface World {
  readonly place: DeployPlace;
  readonly proxy: KillProxy;
  readonly github: TestGithub;
  readonly run: (trap?: Trap) => Promise<DojoExit>;
}

describe('dojo deploy --mode pull-request', () => {
  const places = useDeployPlaces();

  /** A place and a forge of its own behind a proxy of its own. */
  async function withWorld<T>(body: (world: World) => Promise<T>): Promise<T> {
    const made = places.make();
    const { name, place } = made;
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
    const proxy = await startKillProxy([places.url(), github.url]);
    const [gitHost, githubHost] = proxy.hosts;
    const start = () =>
      places.start(
        made,
        [
          ...addressesAt(gitHost, name),
          ...['--version', 'v0.1.0', '--mode', 'pull-request', '--json'],
        ],
        {
          GITHUB_SERVER_URL: `http://${gitHost}`,
          GITHUB_API_URL: `http://${githubHost}`,
          GITHUB_TOKEN: githubTokens.write,
        },
      );
    const run = (trap?: Trap) => runTrapped(start(), proxy, trap);
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
      expect(failureOf(await world.run(), done)).toBeUndefined();
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
    const isWrite = (request: string) =>
      /^POST .*(?:receive-pack|\/pulls)$/.test(request);
    const isForge = (request: string) => / \/repos\//.test(request);
    const traps = trapsAt(requests, isWrite);
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
        expect({ request, when, said: failureOf(killed, done) }).toEqual({
          request,
          when,
        });
        await world.proxy.idle();
        const last = await world.run();
        expect({ request, when, said: failureOf(last, done) }).toEqual({
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
      expect(failureOf(await world.run(), done)).toBeUndefined();
      expect(world.github.pulls()).toHaveLength(1);
      const { infra } = world.place;
      expect(git(infra, ['rev-list', '--count', 'dojo/ledger/dev'])).toBe('2');
    });
  }, 120_000);
});
