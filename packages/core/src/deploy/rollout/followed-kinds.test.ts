import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { followedKinds, isAwaited } from './followed-kinds';

const claim = (
  phase: string | undefined,
  metadata: Record<string, unknown> = {},
): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'dojo-data', namespace: 'ledger-dev', ...metadata },
  ...(phase !== undefined && { status: { phase } }),
});

describe('followedKinds', () => {
  it('leaves out a claim that has its volume: nothing comes of it any more', () => {
    expect(isAwaited(claim('Bound'))).toBe(false);
    expect(followedKinds([claim('Bound')])).toEqual([]);
  });

  it.each([
    ['waits', claim('Pending')],
    ['is new', claim(undefined)],
    ['has lost it', claim('Lost')],
    [
      'is being deleted',
      claim('Bound', { deletionTimestamp: '2026-11-29T10:00:00Z' }),
    ],
  ])('follows one that %s, and its events', (_, object) => {
    expect(isAwaited(object)).toBe(true);
    expect(followedKinds([object]).map(({ kind }) => kind)).toEqual([
      'PersistentVolumeClaim',
      'Event',
    ]);
  });
});
