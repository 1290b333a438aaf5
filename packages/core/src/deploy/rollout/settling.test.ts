import { createHealthContext } from '../health/health-context';
import {
  at,
  crashed,
  deployment,
  pod,
  replicaSet,
  runs,
} from './__testUtils__/ledger-objects';
import { settling } from './settling';

const settlesAt = (now: number, pods: readonly ReturnType<typeof pod>[]) => {
  const workload = deployment('v2', { ready: 1 });
  const objects = [workload, replicaSet('v1'), replicaSet('v2'), ...pods];
  const context = createHealthContext(objects, new Date(at(now)));
  const found = settling(workload, context);
  return found && (found.again?.toISOString() ?? 'a change');
};

describe('settling', () => {
  it('is some seconds after the last start, of which the API server tells whole seconds', () => {
    const pods = [pod('v2', runs(0)), pod('v2', runs(1), { name: 'other' })];
    expect(settlesAt(1.5, pods)).toBe(at(4));
    expect(settlesAt(3.9, pods)).toBe(at(4));
    expect(settlesAt(4, pods)).toBeUndefined();
  });

  it('is nothing where a probe tells, and for pods of a former version', () => {
    const probed = pod('v2', runs(0));
    Object.assign(probed, {
      spec: { containers: [{ name: 'ledger', readinessProbe: {} }] },
    });
    expect(settlesAt(1, [probed])).toBeUndefined();
    expect(settlesAt(1, [pod('v1', runs(0))])).toBeUndefined();
  });

  it('is not known where a pod that is said to be available was not seen ready, or ended since', () => {
    expect(settlesAt(9, [pod('v2', {})])).toBe('a change');
    expect(settlesAt(9, [pod('v2', crashed(1))])).toBe('a change');
  });

  it('does not wait for a clock that goes before ours', () => {
    expect(settlesAt(0, [pod('v2', runs(60))])).toBeUndefined();
  });
});
