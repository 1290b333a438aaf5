import { bundleDojo } from 'dojo-testing';
import { makeClusterWorld } from './cluster-world';
import type { ClusterWorld, ClusterWorldOptions } from './cluster-world';
import { startSuiteCluster } from './suite-cluster';
import type { SuiteCluster } from './suite-cluster';

/** The flags of a first deployment. */
export const first = ['--version', 'v0.1.0', '--storage', '5Gi'] as const;

/** One cluster for the tests of a `describe`, and worlds in it that go with it. */
export function useWorlds(): {
  /** Makes a world; from `beforeAll` on. */
  world(options?: ClusterWorldOptions): Promise<ClusterWorld>;
  suite(): SuiteCluster;
} {
  let suite: SuiteCluster | undefined;
  const worlds: ClusterWorld[] = [];
  const started = () => {
    if (suite === undefined) throw new Error('The cluster has not started.');
    return suite;
  };
  beforeAll(async () => {
    bundleDojo();
    suite = await startSuiteCluster();
  }, 600_000);
  afterAll(async () => {
    for (const each of worlds) each.dispose();
    await suite?.stop();
  });
  return {
    suite: started,
    async world(options) {
      const made = await makeClusterWorld(started(), options);
      worlds.push(made);
      return made;
    },
  };
}
