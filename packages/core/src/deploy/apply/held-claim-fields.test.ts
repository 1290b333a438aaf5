import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { withHeldClaimFields } from './held-claim-fields';

const ours = { manager: 'dojo-portal', operation: 'Apply' };
const kubectl = { manager: 'kubectl-client-side-apply', operation: 'Update' };

const claim = (spec: object, metadata = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'dojo-data', ...metadata },
  spec: { resources: { requests: { storage: '5Gi' } }, ...spec },
});
/** A claim that lives, of whose fields these are owned. */
const live = (manager: object, fields: object) =>
  claim(
    {
      storageClassName: 'fast',
      volumeName: 'pv-1',
      volumeMode: 'Filesystem',
      selector: { matchLabels: { disk: 'a' } },
    },
    {
      uid: 'c',
      managedFields: [
        { ...manager, fieldsV1: { 'f:spec': fields } },
        {
          manager: 'kube-controller-manager',
          operation: 'Update',
          fieldsV1: { 'f:spec': { 'f:volumeName': {} } },
        },
      ],
    },
  );

describe('withHeldClaimFields', () => {
  it.each([
    ['our', ours],
    ["client-side kubectl's", kubectl],
  ])('keeps what the overlay named and names no more, of %s', (_, manager) => {
    const held = live(manager, {
      'f:storageClassName': {},
      'f:selector': { 'f:matchLabels': { 'f:disk': {} } },
    });
    expect(withHeldClaimFields(claim({}), held).spec).toEqual({
      resources: { requests: { storage: '5Gi' } },
      storageClassName: 'fast',
      selector: { matchLabels: { disk: 'a' } },
    });
  });

  it('leaves alone what the cluster filled in, what the overlay names, and what is no claim', () => {
    const held = live(ours, { 'f:resources': {} });
    const wanted = claim({});
    expect(withHeldClaimFields(wanted, held)).toBe(wanted);
    expect(withHeldClaimFields(wanted, undefined)).toBe(wanted);
    const named = claim({ storageClassName: 'slow' });
    expect(
      withHeldClaimFields(named, live(ours, { 'f:storageClassName': {} })),
    ).toBe(named);
    const other = { ...wanted, kind: 'Other' };
    expect(
      withHeldClaimFields(other, live(ours, { 'f:storageClassName': {} })),
    ).toBe(other);
  });
});
