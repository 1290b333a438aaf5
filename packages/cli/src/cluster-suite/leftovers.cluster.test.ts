import { paths } from './__testUtils__/cluster-world';
import {
  expectCode,
  expectDone,
  expectNothing,
  expectRefused,
} from './__testUtils__/expect-run';
import { baseObjects, fixture } from './__testUtils__/fixtures';
import { runKubectl } from './__testUtils__/run-kubectl';
import { first, useWorlds } from './__testUtils__/use-worlds';

interface ManagedFields {
  readonly manager: string;
  readonly operation: string;
}

/** Whole deployments, beside whatever else the machine does. */
jest.setTimeout(300_000);

describe('dojo deploy --mode apply over what others left', () => {
  const { world, suite } = useWorlds();

  it('C02: takes over from client-side kubectl apply, so that what the overlay lacks goes', async () => {
    const place = await world();
    runKubectl(
      suite().cluster,
      ['apply', '-n', place.namespace, '-f', '-'],
      fixture('C02-before.yaml'),
    );
    const plan = await place.deploy([...first, '--dry-run']);
    expectNothing(plan);
    expect(plan.stdout).toContain('LEGACY');
    const run = await place.deploy(first);
    expectDone(run);
    const { spec, metadata } = await place.read(paths.deployment);
    expect(JSON.stringify(spec)).not.toContain('LEGACY');
    const applied = (metadata.managedFields as ManagedFields[]).filter(
      ({ operation, manager }) =>
        operation === 'Apply' || manager.includes('client-side'),
    );
    expect(applied.map(({ manager }) => manager)).toEqual(['dojo-portal']);
    const again = await place.deploy(['--version', 'v0.1.0']);
    expectNothing(again);
  });

  it('C13: leaves a restart by kubectl alone', async () => {
    const place = await world();
    expectDone(await place.deploy(first));
    runKubectl(suite().cluster, [
      ...['rollout', 'restart', 'deployment', 'ledger'],
      ...['-n', place.namespace],
    ]);
    const before = await place.read(paths.deployment);
    const run = await place.deploy(['--version', 'v0.1.0']);
    expectNothing(run);
    const after = await place.read(paths.deployment);
    expect(after.metadata.generation).toBe(before.metadata.generation);
    expect(
      after.spec.template.metadata.annotations[
        'kubectl.kubernetes.io/restartedAt'
      ],
    ).toBeTruthy();
  });

  it('puts back what drifted, and says what', async () => {
    const place = await world();
    expectDone(await place.deploy(first));
    // As somebody who edits what the overlay owns: a forced apply is a conflict, an edit is drift.
    runKubectl(suite().cluster, [
      ...['label', 'service', 'ledger', 'app=other', '--overwrite'],
      ...['-n', place.namespace],
    ]);
    const plan = await place.deploy(['--version', 'v0.1.0', '--dry-run']);
    expect(plan.writes).toEqual([]);
    expect(`${plan.stdout}${plan.stderr}`).toContain('other');
    const run = await place.deploy([
      ...['--version', 'v0.1.0', '--conflicts', 'takeover'],
    ]);
    expectDone(run, 0);
    const { metadata } = await place.read(paths.service);
    expect(metadata.labels.app).toBe('ledger');
  });

  it('does not start what somebody stopped, unless it is told to', async () => {
    const place = await world();
    expectDone(await place.deploy(first));
    runKubectl(suite().cluster, [
      ...['scale', 'deployment', 'ledger', '--replicas=0'],
      ...['-n', place.namespace],
    ]);
    place.release('v0.2.0', baseObjects.replace('0.1.0', '0.2.0'));
    const next = ['--version', 'v0.2.0'];
    const run = await place.deploy(next);
    expectRefused(run, { code: 4, says: [] });
    expect(run.stderr).toContain('stopped');
    const taken = await place.deploy([...next, '--conflicts', 'takeover']);
    expectCode(taken, 0);
    const { spec } = await place.read(paths.deployment);
    expect(spec.replicas).toBe(1);
  });
});
