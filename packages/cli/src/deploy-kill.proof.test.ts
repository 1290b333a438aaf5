import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  bundleDojo,
  git,
  kill,
  killTree,
  startDojo,
  startGitServer,
  startKillProxy,
  sweepOf,
} from 'dojo-testing';
import type { DojoExit, GitServer, KillMoment, KillProxy } from 'dojo-testing';
import { makeDeployPlace } from './__testUtils__/deploy-place';
import type { DeployPlace } from './__testUtils__/deploy-place';
import { inLanes } from './__testUtils__/in-lanes';

const seed = 20261129;
/** Of the requests at which a run is killed. */
const sample = 14;
const moments: readonly KillMoment[] = ['before', 'during', 'after'];

/** What a run says that neither ended well nor was killed. */
function failureOf({ code, signal, stderr }: DojoExit): string | undefined {
  return code === 0 || signal === 'SIGKILL' ? undefined : stderr;
}

describe('dojo deploy', () => {
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

  /** A place of its own behind a proxy of its own, with v0.1.0 in dev. */
  async function withPlace<T>(
    body: (world: {
      readonly place: DeployPlace;
      readonly proxy: KillProxy;
      readonly run: (trap?: {
        at: number;
        when: KillMoment;
      }) => Promise<DojoExit>;
    }) => Promise<T>,
  ): Promise<T> {
    const name = `place-${made++}`;
    const place = makeDeployPlace(join(root, name));
    const proxy = await startKillProxy([server.url]);
    const start = (version: string) =>
      startDojo(
        [
          ...['deploy', '--component', 'ledger', '--environment', 'dev'],
          ...['--infra', `http://${proxy.hosts[0]}/${name}/infra.git`],
          ...[
            '--base',
            `http://${proxy.hosts[0]}/${name}/ledger.git//deploy/k8s/base`,
          ],
          ...['--version', version, '--storage', '1Gi', '--json'],
        ],
        join(root, `${name}-home`),
        { DOJO_KUSTOMIZE: place.kustomize },
      );
    try {
      expect(failureOf(await start('v0.1.0').ended)).toBeUndefined();
      return await body({
        place,
        proxy,
        run: trap => {
          const { pid, ended } = start('v0.2.0');
          proxy.disarm();
          if (trap) {
            proxy.trap(trap.at, trap.when, () =>
              trap.when === 'during' ? kill(pid) : killTree(pid),
            );
          }
          return ended;
        },
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
      expect(failureOf(await run())).toBeUndefined();
      return {
        state: describePlace(place),
        requests: proxy.requests.slice(from),
      };
    });

  it(`ends in one commit after a kill at a request and a second run (seed ${seed})`, async () => {
    const { state, requests } = await undisturbed();
    expect((await undisturbed()).state).toEqual(state);
    expect(requests.some(each => /^POST .*receive-pack/.test(each))).toBe(true);
    // An orphan that goes on reading changes nothing: that moment is for the push alone.
    const traps = requests.flatMap((request, at) =>
      moments
        .filter(when => when !== 'during' || /receive-pack/.test(request))
        .map(when => ({ at, when, isPush: /receive-pack/.test(request) })),
    );
    const push = traps.filter(({ isPush }) => isPush);
    const others = traps.filter(({ isPush }) => !isPush);
    await inLanes([...push, ...sweepOf(others, { size: sample, seed })], trap =>
      withPlace(async ({ place, proxy, run }) => {
        const killed = await run(trap);
        expect({ trap, failure: failureOf(killed) }).toEqual({ trap });
        await proxy.idle();
        const last = await run();
        expect({ trap, code: last.code, said: failureOf(last) }).toEqual({
          trap,
          code: 0,
        });
        expect({ trap, state: describePlace(place) }).toEqual({ trap, state });
      }),
    );
  }, 900_000);

  it.each([
    ['before the push is taken', 'pre-receive', 'exit 1'],
    ['and the push goes on', 'pre-receive', 'exit 0'],
    ['after the push was taken', 'post-receive', 'exit 0'],
  ])(
    'killed while it pushes to a local repository, %s: running it again finishes it',
    async (_, hook, end) => {
      const name = `local-${made++}`;
      const place = makeDeployPlace(join(root, name));
      const run = (version: string) =>
        startDojo(
          [
            ...['deploy', '--component', 'ledger', '--environment', 'dev'],
            ...['--infra', `file://${place.infra}`, '--version', version],
            ...['--base', `file://${place.service}//deploy/k8s/base`],
            ...['--storage', '1Gi'],
          ],
          join(root, `${name}-home`),
          { DOJO_KUSTOMIZE: place.kustomize },
        );
      expect((await run('v0.1.0').ended).code).toBe(0);
      const killed = run('v0.2.0');
      const file = join(place.infra, 'hooks', hook);
      writeFileSync(file, `#!/bin/sh\nkill -9 ${killed.pid}\n${end}\n`);
      chmodSync(file, 0o755);
      expect((await killed.ended).signal).toBe('SIGKILL');
      rmSync(file);
      expect((await run('v0.2.0').ended).code).toBe(0);
      expect(git(place.infra, ['log', '--format=%s', 'main'])).toBe(
        'deploy(ledger): dev v0.2.0\ndeploy(ledger): dev v0.1.0\nbilling',
      );
      expect(git(place.infra, ['fsck', '--strict', '--no-dangling'])).toBe('');
    },
    60_000,
  );
});
