import type { TestCluster } from 'dojo-testing';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { openCluster } from '../../kubernetes/open-cluster';

/** What becomes of a pod: it is ready, or its image cannot be pulled. */
export type PodFate = (
  image: string,
) => 'ready' | { readonly reason: string; readonly message: string };

/** Pods of all namespaces become what their image's fate is, without a node: as a kubelet would tell it. */
export async function startHollowPods(
  cluster: TestCluster,
  fate: PodFate,
): Promise<() => Promise<void>> {
  const stop = new AbortController();
  const client = await openCluster(
    { kubeconfig: { path: cluster.kubeconfig } },
    stop.signal,
  );
  const visit = async (pod: KubernetesObject) => {
    const { phase } = (pod.status ?? {}) as { phase?: string };
    const { containers } = pod.spec as {
      containers: { name: string; image: string }[];
    };
    const { namespace, name, deletionTimestamp } = pod.metadata;
    const statuses = (pod.status as { containerStatuses?: unknown[] })
      ?.containerStatuses;
    if (phase !== 'Pending' || statuses || deletionTimestamp) return;
    const [{ image }] = containers;
    const end = fate(image);
    const isReady = end === 'ready';
    const time = new Date().toISOString().replace(/\.\d+/, '');
    await cluster
      .request(
        'PATCH',
        `/api/v1/namespaces/${namespace}/pods/${name}/status`,
        {
          status: {
            phase: isReady ? 'Running' : 'Pending',
            conditions: ['Initialized', 'Ready', 'ContainersReady'].map(
              type => ({
                type,
                status: isReady || type === 'Initialized' ? 'True' : 'False',
                lastTransitionTime: time,
              }),
            ),
            containerStatuses: containers.map(container => ({
              name: container.name,
              image: container.image,
              imageID: '',
              ready: isReady,
              restartCount: 0,
              state: isReady
                ? { running: { startedAt: time } }
                : { waiting: end },
            })),
          },
        },
        'application/merge-patch+json',
      )
      // It may be gone again.
      .catch(() => undefined);
  };
  const run = async () => {
    try {
      for await (const change of client.follow(
        { apiVersion: 'v1', kind: 'Pod' },
        {},
        stop.signal,
      )) {
        if (change.kind === 'removed') continue;
        const pods =
          change.kind === 'snapshot' ? change.objects : [change.object];
        for (const pod of pods) await visit(pod);
      }
    } catch (error) {
      if (!stop.signal.aborted) throw error;
    }
  };
  const done = run();
  return async () => {
    stop.abort();
    await done;
    await client.dispose();
  };
}
