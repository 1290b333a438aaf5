import { mockCredentials } from '@backstage/backend-test-utils';
import { reviewedShipmentOf } from 'backstage-plugin-dojo-common';
import { plannedShipment } from 'backstage-plugin-dojo-common/testUtils';
import { namesOf, stepOf } from '../__testUtils__/stepOf';
import { createCheckShipmentAction } from './checkShipment';

const planned = plannedShipment();
const reviewed = reviewedShipmentOf(planned);
const input = {
  component: 'component:default/ledger',
  environment: 'dev',
  date: '2026-11-22',
  reviewed,
};

function setup(result = planned) {
  const shipments = { check: jest.fn(async () => result), plan: jest.fn() };
  const action = createCheckShipmentAction({ dojo: { shipments } });
  return { shipments, action, ...stepOf(action) };
}

describe('dojo:check-shipment', () => {
  it('compares as the initiator, with the day of the review, and can be cancelled', async () => {
    const { shipments, run } = setup();
    const { signal } = new AbortController();
    await run(input, { signal });
    expect(shipments.check).toHaveBeenCalledWith(
      {
        component: input.component,
        environment: 'dev',
        choices: expect.objectContaining({ bump: 'auto', date: '2026-11-22' }),
        reviewed,
      },
      { credentials: mockCredentials.user(), signal },
    );
  });

  it('says what each part does, or why it does nothing', async () => {
    const reason = 'dev has no database, so that none is migrated.';
    const { run, logger } = setup(
      plannedShipment({ migration: { kind: 'none', reason } }),
    );
    const { error, output } = await run(input);
    expect(error).toBeUndefined();
    expect(output).toEqual({
      version: '0.4.0',
      tag: 'v0.4.0',
      migration: reason,
      deployment: expect.stringContaining('ledger'),
    });
    expect(logger.info).toHaveBeenCalledWith(reason);
  });

  it.each([
    [{ ...input, reviewed: undefined }, /reviewed: Required/],
    [{ ...input, reviewed: { ...reviewed, base: 'main' } }, /reviewed\.base/],
    [
      { ...input, reviewed: { ...reviewed, release: 'x' } },
      /reviewed\.release/,
    ],
  ])('takes nothing else for a review', async (wrong, message) => {
    const { shipments, run } = setup();
    const { error } = await run(wrong);
    expect(error.message).toMatch(message);
    expect(shipments.check).not.toHaveBeenCalled();
  });

  it('has the inputs and outputs of its documentation', () => {
    expect(namesOf(setup().action)).toMatchObject({
      inputs: expect.arrayContaining(['component', 'environment', 'reviewed']),
      undescribed: [],
      outputs: ['version', 'tag', 'migration', 'deployment'],
    });
  });
});
