import { DojoError } from 'backstage-plugin-dojo-common';
import { ClusterRefusal } from '../../cluster/cluster-refusal';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { start } from '../rollout/__testUtils__/ledger-objects';
import { TestTime } from '../rollout/__testUtils__/test-time';
import { ToldCluster } from '../rollout/__testUtils__/told-cluster';
import {
  application,
  commits,
  kustomization,
} from './__testUtils__/synced-objects';
import type { SyncSource } from './sync-source';
import { waitForSync } from './wait-for-sync';
import type { SyncEnd } from './wait-for-sync';

const { before, ours, comment, later, foreign } = commits;
const folder = 'ledger/dev';
const trees: Readonly<Record<string, string>> = {
  [before]: 'a',
  [ours]: 'b',
  // Somebody changed another overlay.
  [comment]: 'b',
  [later]: 'c',
};
const lines: Readonly<Record<string, readonly string[]>> = {
  [before]: [before],
  [later]: [later, ours, before],
};

describe('waitForSync', () => {
  let time: TestTime;
  let cluster: ToldCluster;
  let told: string[];
  let end: SyncEnd | undefined;
  let waiting: Promise<unknown>;
  let controller: AbortController;
  let looked: string[];

  beforeEach(() => {
    time = new TestTime(start);
    cluster = new ToldCluster();
    told = [];
    end = undefined;
    controller = new AbortController();
    looked = [];
  });
  afterEach(async () => {
    controller.abort();
    await Promise.allSettled([waiting]);
  });

  const watch = async (kind: SyncSource['kind']) => {
    waiting = waitForSync(
      {
        cluster,
        source: { kind, name: 'ledger-dev', namespace: 'gitops' },
        landing: { commit: ours, folder },
        infra: {
          async readTree(commit) {
            looked.push(commit);
            if (commit in trees) return trees[commit];
            throw new DojoError({
              code: 'GIT_OBJECT_MISSING',
              kind: 'unavailable',
              message: 'there is no such commit',
            });
          },
          readHistory: async head =>
            (lines[head] ?? []).map(commit => ({
              commit,
              message: '',
              date: start,
              author: '',
              isLanding: true,
            })),
        },
        deadline: new Date(start.getTime() + 600_000),
        clock: time,
        timer: time,
        log: line => told.push(line),
      },
      controller.signal,
    ).then(found => {
      end = found;
    });
    waiting.catch(() => undefined);
    await time.pass(0);
  };
  const tell = async (object: KubernetesObject) => {
    cluster.change(object);
    await time.pass(0);
  };

  describe('for Argo CD', () => {
    it('ends once it is synced at our commit and healthy since', async () => {
      await watch('argo');
      cluster.start(['Application'], [application({ revision: before })]);
      await time.pass(0);
      expect(told).toEqual([
        'Application gitops/ledger-dev is at bbbbbbb, which does not have it yet',
      ]);
      await tell(application({ revision: ours, sync: 'OutOfSync' }));
      await tell(
        application({ revision: ours, operation: { phase: 'Running' } }),
      );
      // Healthy is what it was before the sync.
      const operation = { phase: 'Succeeded', finished: 20 };
      await tell(application({ revision: ours, operation, assessed: 19 }));
      expect(end).toBeUndefined();
      expect(told.at(-1)).toContain('not looked at its health since');
      await tell(
        application({
          revision: ours,
          operation,
          assessed: 21,
          health: 'Progressing',
        }),
      );
      expect(end).toBeUndefined();
      await tell(application({ revision: ours, operation, assessed: 22 }));
      expect(end).toEqual({
        kind: 'done',
        commit: ours,
        isHealthKnown: true,
        sentence:
          'Application gitops/ledger-dev has synced aaaaaaa, and is Healthy',
      });
    });

    it('takes a later commit that has our overlay for ours, and one that has another for superseded', async () => {
      await watch('argo');
      cluster.start(['Application'], [application({ revision: comment })]);
      await time.pass(0);
      expect(end).toMatchObject({ kind: 'done', commit: comment });

      await watch('argo');
      await tell(application({ revision: later }));
      expect(end).toMatchObject({ kind: 'superseded', commit: later });
    });

    it('looks at the source that has the folder, where there are several', async () => {
      await watch('argo');
      const sources = [
        { path: 'charts' },
        { path: './ledger/dev/' },
        { chart: 'redis' },
      ];
      await tell(
        application({ sources, revisions: [foreign, before, '1.2.3'] }),
      );
      expect(end).toBeUndefined();
      expect(looked).not.toContain(foreign);
      await tell(application({ sources, revisions: [foreign, ours, '1.2.3'] }));
      expect(end).toMatchObject({ kind: 'done', commit: ours });
    });

    it('fails where the sync of our commit has failed, not that of another', async () => {
      await watch('argo');
      const failed = { phase: 'Failed', message: 'one or more objects failed' };
      await tell(
        application({
          revision: before,
          operation: { ...failed, revision: before },
        }),
      );
      expect(end).toBeUndefined();
      await tell(
        application({
          revision: ours,
          sync: 'OutOfSync',
          operation: { ...failed, revision: ours },
        }),
      );
      expect(end).toMatchObject({
        kind: 'failed',
        sentence:
          'Application gitops/ledger-dev could not sync aaaaaaa: one or more objects failed',
      });
    });

    it('believes Degraded after 30 seconds', async () => {
      await watch('argo');
      const degraded = application({ revision: ours, health: 'Degraded' });
      await tell(degraded);
      await time.pass(20_000);
      await tell(application({ revision: ours, health: 'Progressing' }));
      await time.pass(20_000);
      await tell(degraded);
      await time.pass(29_900);
      expect(end).toBeUndefined();
      await time.pass(100);
      expect(end?.kind).toBe('failed');
    });

    it('says at the deadline what it waits for', async () => {
      await watch('argo');
      await tell(
        application({
          revision: ours,
          sync: 'OutOfSync',
          automated: false,
        }),
      );
      await time.pass(600_000);
      expect(end).toEqual({
        kind: 'waiting',
        isHealthKnown: false,
        sentence:
          'Application gitops/ledger-dev is OutOfSync at aaaaaaa, and is synced only when somebody asks for it',
      });
      expect(told.filter(line => line.startsWith('waits for'))).toHaveLength(
        19,
      );
    });

    it('tells what keeps it from comparing', async () => {
      await watch('argo');
      await tell(
        application({
          revision: foreign,
          conditions: [
            { type: 'ComparisonError', message: 'repository not accessible' },
          ],
        }),
      );
      expect(told.at(-1)).toBe(
        'Application gitops/ledger-dev is at fffffff, which the repository of overlays does not have: repository not accessible',
      );
    });
  });

  describe('for Flux', () => {
    it('ends once it has applied our commit and is ready', async () => {
      await watch('flux');
      await tell(kustomization({ applied: before }));
      await tell(
        kustomization({
          applied: before,
          attempted: ours,
          ready: {
            status: 'Unknown',
            reason: 'Progressing',
            message: 'builds',
          },
          reconciling: true,
        }),
      );
      expect(end).toBeUndefined();
      expect(told.at(-1)).toContain('is bringing it up: builds');
      await tell(kustomization({ applied: ours, generation: 3, observed: 2 }));
      expect(end).toBeUndefined();
      await tell(kustomization({ applied: ours }));
      expect(end).toMatchObject({
        kind: 'done',
        commit: ours,
        isHealthKnown: true,
      });
    });

    it.each([
      [`refs/heads/main@sha1:${ours}`, 'done'],
      [`main/${ours}`, 'done'],
      [ours, 'done'],
      [`main@sha1:${later}`, 'superseded'],
      [`6.5.0@sha256:${'e'.repeat(64)}`, undefined],
    ])('reads %s', async (written, kind) => {
      await watch('flux');
      await tell(kustomization({ written }));
      expect(end?.kind).toBe(kind);
    });

    it('takes the commit from which an artifact was made', async () => {
      await watch('flux');
      await tell(
        kustomization({
          written: `latest@sha256:${'e'.repeat(64)}`,
          origin: `main@sha1:${ours}`,
          wait: false,
        }),
      );
      expect(end).toMatchObject({ kind: 'done', isHealthKnown: false });
      expect(end?.sentence).toContain('does not wait for its health');
    });

    it('fails where the health check of our commit has failed, or it is stalled', async () => {
      await watch('flux');
      const failed = {
        status: 'False',
        reason: 'HealthCheckFailed',
        message: 'timeout waiting for Deployment/ledger',
      };
      await tell(
        kustomization({ applied: before, attempted: before, ready: failed }),
      );
      expect(end).toBeUndefined();
      await tell(
        kustomization({
          applied: before,
          attempted: ours,
          ready: failed,
          reconciling: true,
        }),
      );
      expect(end).toMatchObject({
        kind: 'failed',
        sentence:
          'Kustomization gitops/ledger-dev could not bring aaaaaaa up: HealthCheckFailed: timeout waiting for Deployment/ledger',
      });

      cluster = new ToldCluster();
      await watch('flux');
      await tell(kustomization({ applied: before, stalled: 'InvalidSpec' }));
      expect(end?.sentence).toContain('is stalled: InvalidSpec');
    });

    it('is patient with what is tried again, and with what it depends on', async () => {
      await watch('flux');
      const attempt = (reason: string) =>
        kustomization({
          applied: before,
          attempted: ours,
          ready: { status: 'False', reason, message: 'm' },
        });
      await tell(attempt('DependencyNotReady'));
      await time.pass(120_000);
      await tell(attempt('ReconciliationFailed'));
      await time.pass(29_000);
      expect(end).toBeUndefined();
      await time.pass(1_000);
      expect(end?.kind).toBe('failed');
    });

    it('waits for nothing that a person has suspended', async () => {
      await watch('flux');
      await tell(kustomization({ applied: before, suspend: true }));
      expect(end).toEqual({
        kind: 'waiting',
        isHealthKnown: false,
        sentence: 'Kustomization gitops/ledger-dev is suspended',
      });
    });
  });

  it('waits for an object that is not there, and looks each commit up once', async () => {
    await watch('argo');
    cluster.start(['Application'], []);
    await time.pass(0);
    expect(told).toEqual(['Application gitops/ledger-dev is not there']);
    for (let count = 0; count < 5; count++) {
      await tell(application({ revision: before, assessed: count }));
    }
    expect(looked.filter(commit => commit === before)).toHaveLength(1);
  });

  it('says what may not be read, and throws what else is wrong', async () => {
    cluster.refusals.set(
      'Application',
      new ClusterRefusal({
        status: 404,
        reason: 'NotFound',
        message: 'the server could not find the requested resource',
        causes: [],
        verb: 'list',
        resource: 'applications',
        group: 'argoproj.io',
        object: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' },
        dryRun: false,
      }),
    );
    await watch('argo');
    await expect(waiting).rejects.toMatchObject({
      code: 'DEPLOY_SYNC_UNREADABLE',
      message:
        'Application gitops/ledger-dev cannot be read: the server could not find the requested resource',
    });
    cluster = new ToldCluster();
    await watch('argo');
    cluster.tell('Application', new Error('unreachable'));
    await time.pass(0);
    await expect(waiting).rejects.toThrow('unreachable');
    cluster = new ToldCluster();
    await watch('argo');
    controller.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
  });
});
