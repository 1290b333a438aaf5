import { startCluster } from 'dojo-testing';
import type { TestCluster } from 'dojo-testing';
import { ApplyWorld, storageClass } from './apply-world';
import { digestOf } from './deploy-world';
import { startHollowPods } from './hollow-pods';

/** A control plane for the tests of a file. The image of v3.0.0 cannot be pulled; pods of all others are ready. */
export function withCluster() {
  let cluster: TestCluster;
  let stopPods: () => Promise<void>;
  let count = 0;
  beforeAll(async () => {
    cluster = await startCluster({ node: false });
    await cluster.apply(storageClass);
    stopPods = await startHollowPods(cluster, image =>
      image.includes(digestOf('3.0.0'))
        ? { reason: 'ErrImagePull', message: `${image}: not found` }
        : 'ready',
    );
  });
  afterAll(async () => {
    await stopPods?.();
    await cluster?.stop();
  });
  return {
    get cluster() {
      return cluster;
    },
    /** An environment of its own. @param labels - of its namespace. */
    async world(labels: Readonly<Record<string, string>> = {}) {
      const world = new ApplyWorld(cluster, `t${++count}`);
      await cluster.createNamespace({ name: world.namespace, labels });
      return world;
    },
    /** One whose namespace nobody has made. */
    lostWorld: () => new ApplyWorld(cluster, `t${++count}`),
  };
}
