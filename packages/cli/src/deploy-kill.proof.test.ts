import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git, startKillProxy, sweepOf } from 'dojo-testing';
import type { DojoExit, KillProxy } from 'dojo-testing';
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

/** Of the requests at which a run is killed. */
const sample = 14;
const done = 0;

describe('dojo deploy', () => {
  const places = useDeployPlaces();

  /** A place of its own behind a proxy of its own, with v0.1.0 in dev. */
  async function withPlace<T>(
    body: (world: {
      readonly place: DeployPlace;
      readonly proxy: KillProxy;
      readonly run: (trap?: Trap) => Promise<DojoExit>;
    }) => Promise<T>,
  ): Promise<T> {
    const made = places.make();
    const proxy = await startKillProxy([places.url()]);
    const start = (version: string) =>
      places.start(made, [
        ...addressesAt(proxy.hosts[0], made.name),
        ...['--version', version, '--json'],
      ]);
    try {
      expect(failureOf(await start('v0.1.0').ended, done)).toBeUndefined();
      return await body({
        place: made.place,
        proxy,
        run: trap => runTrapped(start('v0.2.0'), proxy, trap),
      });
    } finally {
      await proxy.close();
    }
  }

  /** What the infra repository holds; addresses differ from place to place. */
  function describePlace({ infra }: DeployPlace): unknown {
    return {
      refs: git(infra, ['for-each-ref', '--format=%(refname)']),
      subjects: git(infra, ['log', '--format=%s', 'main']),
      merges: git(infra, ['rev-list', '--count', '--merges', 'main']),
      files: git(infra, ['ls-tree', '-r', '--name-only', 'main']),
      overlay: git(infra, [
        'show',
        'main:ledger/dev/kustomization.yaml',
      ]).replace(/http:\S+\/\/deploy/, '<base>'),
    };
  }

  const undisturbed = () =>
    withPlace(async ({ place, proxy, run }) => {
      const from = proxy.requests.length;
      expect(failureOf(await run(), done)).toBeUndefined();
      return {
        state: describePlace(place),
        requests: proxy.requests.slice(from),
      };
    });

  it(`ends in one commit after a kill at a request and a second run (seed ${seed})`, async () => {
    const { state, requests } = await undisturbed();
    expect((await undisturbed()).state).toEqual(state);
    const isPush = (request: string) => /receive-pack/.test(request);
    expect(requests.some(each => /^POST .*receive-pack/.test(each))).toBe(true);
    const traps = trapsAt(requests, isPush);
    const push = traps.filter(({ request }) => isPush(request));
    const others = traps.filter(({ request }) => !isPush(request));
    await inLanes([...push, ...sweepOf(others, { size: sample, seed })], trap =>
      withPlace(async ({ place, proxy, run }) => {
        const killed = await run(trap);
        expect({ trap, failure: failureOf(killed, done) }).toEqual({ trap });
        await proxy.idle();
        const last = await run();
        expect({ trap, code: last.code, said: failureOf(last, done) }).toEqual({
          trap,
          code: 0,
        });
        expect({ trap, state: describePlace(place) }).toEqual({ trap, state });
      }),
    );
  }, 900_000);

  const pushes = [
    { moment: 'before the push is taken', hook: 'pre-receive', end: 'exit 1' },
    { moment: 'and the push goes on', hook: 'pre-receive', end: 'exit 0' },
    { moment: 'after the push was taken', hook: 'post-receive', end: 'exit 0' },
  ];
  const wishes = [
    { wish: ['--version', 'v0.2.0'], subject: 'deploy(ledger): dev v0.2.0' },
    {
      wish: ['--prepare', '--environment', 'staging', '--host', 'l.test'],
      subject: 'deploy(ledger): staging prepared',
    },
  ];
  it.each(
    wishes.flatMap(wished => pushes.map(push => ({ ...wished, ...push }))),
  )(
    '$subject, killed while it pushes to a local repository, $moment: running it again finishes it',
    async ({ wish, subject, hook, end }) => {
      const made = places.make();
      const { place } = made;
      const run = (wished: readonly string[]) =>
        places.start(made, [
          ...['--infra', `file://${place.infra}`],
          ...['--base', `file://${place.service}//deploy/k8s/base`],
          ...wished,
        ]);
      expect((await run(['--version', 'v0.1.0']).ended).code).toBe(0);
      const killed = run(wish);
      const file = join(place.infra, 'hooks', hook);
      writeFileSync(file, `#!/bin/sh\nkill -9 ${killed.pid}\n${end}\n`);
      chmodSync(file, 0o755);
      expect((await killed.ended).signal).toBe('SIGKILL');
      rmSync(file);
      expect((await run(wish).ended).code).toBe(0);
      expect(git(place.infra, ['log', '--format=%s', 'main'])).toBe(
        `${subject}\ndeploy(ledger): dev v0.1.0\nbilling`,
      );
      expect(git(place.infra, ['fsck', '--strict', '--no-dangling'])).toBe('');
    },
    60_000,
  );
});
