/* eslint jest/expect-expect: ["warn", { "assertFunctionNames": ["expect", "expect*"] }] -- expect-run.ts asserts for all of them */
import { git } from 'dojo-testing';
import { paths } from './__testUtils__/cluster-world';
import { startClusterProxy } from './__testUtils__/cluster-proxy';
import type { ClusterProxy } from './__testUtils__/cluster-proxy';
import { expectDone, expectRefused } from './__testUtils__/expect-run';
import { baseObjects } from './__testUtils__/fixtures';
import { user } from './__testUtils__/suite-cluster';
import { expiredToken, writeTokenConfig } from './__testUtils__/token-config';
import { first, useWorlds } from './__testUtils__/use-worlds';

const next = ['--version', 'v0.2.0'] as const;
const versions = {
  'v0.1.0': baseObjects,
  'v0.2.0': baseObjects.replace('ledger:0.1.0', 'ledger:0.2.0'),
};

/** The writes of a run, as the proxy sees them. */
const isWrite = (request: string) =>
  /^(?:PATCH|POST|DELETE) /.test(request) && !/dryRun=All/.test(request);

/** Whole deployments, beside whatever else the machine does. */
jest.setTimeout(300_000);

describe('dojo deploy --mode apply in bad weather', () => {
  const { world, suite } = useWorlds();
  let proxy: ClusterProxy;
  beforeEach(async () => {
    proxy = await startClusterProxy(suite());
  });
  afterEach(() => proxy.close());

  it('asks again where the API server has too much to do', async () => {
    const place = await world({ versions });
    expectDone(await place.deploy(first));
    let refused = 0;
    proxy.interfere(at =>
      at % 3 === 0 && ++refused
        ? { kind: 'answer', status: 429, retryAfter: 0 }
        : undefined,
    );
    const run = await place.deploy(next, { kubeconfig: proxy.kubeconfig });
    expectDone(run, 1);
    expect(refused).toBeGreaterThan(3);
  });

  it('gives up where it always has, with nothing written', async () => {
    const place = await world({ versions });
    expectDone(await place.deploy(first));
    proxy.interfere(() => ({ kind: 'answer', status: 429, retryAfter: 0 }));
    const run = await place.deploy(next, { kubeconfig: proxy.kubeconfig });
    expectRefused(run, { code: 5, says: [] });
  });

  it('goes on after the API server was started anew between two writes', async () => {
    const place = await world({ versions });
    let restarted: Promise<void> | undefined;
    let writes = 0;
    proxy.interfere((_, request) => {
      if (!isWrite(request) || ++writes !== 3) return undefined;
      return {
        kind: 'before',
        run: () => {
          restarted = suite().cluster.restartApiServer();
        },
      };
    });
    const run = await place.deploy(first, { kubeconfig: proxy.kubeconfig });
    await restarted;
    const again = run.code === 0 ? run : await place.deploy(first);
    expectDone(again);
    expect(git(place.infra, ['rev-list', '--count', 'main'])).toBe('2');
    const { status } = await place.read(paths.deployment);
    expect(status.availableReplicas).toBe(1);
  });

  it('applies each object once where an answer is lost', async () => {
    const place = await world({ versions });
    let cut = 0;
    proxy.interfere((_, request) =>
      isWrite(request) && cut++ === 0
        ? { kind: 'after', run: () => undefined }
        : undefined,
    );
    const run = await place.deploy(first, { kubeconfig: proxy.kubeconfig });
    expectDone(run, 1);
    expect(cut).toBeGreaterThan(0);
  });

  it('says that a certificate has expired, and writes nothing', async () => {
    const place = await world({ versions });
    const run = await place.deploy(first, {
      kubeconfig: await suite().cluster.kubeconfigFor({
        name: user,
        expiresInSeconds: -60,
      }),
    });
    expect([run.code, run.writes, run.commits]).toEqual([
      expect.any(Number),
      [],
      0,
    ]);
    expect(run.code).not.toBe(0);
    expect(run.stderr).toMatch(/expired|certificate|Unauthorized|credentials/i);
  });

  it('says that a token does not hold, and writes nothing', async () => {
    const place = await world({ versions });
    const token = expiredToken();
    const run = await place.deploy(first, {
      kubeconfig: writeTokenConfig(suite(), token),
    });
    expectRefused(run, { code: 3, says: ['does not take the credentials'] });
    expect(run.stdout + run.stderr).not.toContain(token);
  });

  it('goes on watching where the connection of a watch is cut', async () => {
    const place = await world({ versions });
    const watched: string[] = [];
    proxy.interfere((_, request) => {
      if (!/[?&]watch=/.test(request) || watched.length >= 3) return undefined;
      watched.push(request);
      return { kind: 'before', run: () => undefined };
    });
    const run = await place.deploy(first, { kubeconfig: proxy.kubeconfig });
    expectDone(run, 1);
    expect(watched).toHaveLength(3);
  });
});
