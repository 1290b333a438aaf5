import { countSteps } from '../../text/__testUtils__/count-steps';
import { growthOf } from '../../text/__testUtils__/growth-of';
import { deployment } from './__testUtils__/ledger-objects';
import { RolloutObjects } from './rollout-objects';

const named = (index: number) => ({
  ...deployment('v2'),
  metadata: {
    ...deployment('v2').metadata,
    name: `d${index}`,
    uid: `${index}`,
  },
});

/** Of changes of some objects, where there are so many. */
function stepsAmong(count: number): number {
  const objects = new RolloutObjects();
  objects.apply('Deployment', {
    kind: 'snapshot',
    objects: Array.from({ length: count }, (_, index) => named(index)),
  });
  const changes = Array.from({ length: 200 }, (_, index) =>
    named((index * 7) % count),
  );
  return countSteps('/src/deploy/rollout/', () => {
    for (const object of changes) {
      objects.apply('', { kind: 'changed', object });
    }
  });
}

describe('RolloutObjects', () => {
  it('costs no more for a change where there are many objects', () => {
    // A hundred times as many; linear cost would be a hundred times as much.
    expect(
      growthOf(
        () => stepsAmong(20),
        () => stepsAmong(2_000),
      ),
    ).toBeLessThan(1.2);
  });
});
