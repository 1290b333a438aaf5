import {
  deliveryEnvironment,
  deploymentEntry,
  ledgerDelivery,
} from 'backstage-plugin-dojo-common/testUtils';
import { planHash } from './__testUtils__/tasks';
import { changeOfPlan } from './changeOfPlan';

const since = new Date('2026-11-30T12:00:00.000Z');
const of = { environment: 'production', planHash, requester: 'owner', since };
const by = 'somebody other than owner';

function production(waiting?: object, infraAsOf?: string) {
  return ledgerDelivery({
    environments: [
      deliveryEnvironment({
        name: 'production',
        ...(waiting && { waiting: waiting as never }),
      }),
    ],
    sources: [
      {
        id: 'infra',
        state: 'current',
        ...(infraAsOf !== undefined && { asOf: infraAsOf }),
      },
    ],
  });
}

const request = {
  kind: 'merge',
  since: since.toISOString(),
  planHash,
  url: 'https://forge.test/infra/pulls/7',
};

describe('changeOfPlan', () => {
  it('waits while its request is there, and says who may end it', () => {
    expect(changeOfPlan(of, production(request), [])).toEqual({
      kind: 'waiting',
      by,
      url: request.url,
    });
  });

  it('has landed where a landing is of the plan, whatever waits since', () => {
    const sentence = '0.4.0 landed in production, merged by developer.';
    const landing = { ...deploymentEntry(), planHash, sentence };
    const other = production({ ...request, planHash: 'c'.repeat(64) });
    expect(changeOfPlan(of, other, [landing])).toEqual({
      kind: 'landed',
      sentence,
    });
  });

  it('is closed only where the repository was read since it was asked for', () => {
    const earlier = '2026-11-30T11:59:59.000Z';
    const later = '2026-11-30T12:00:30.000Z';
    const waits = { kind: 'waiting', by };
    expect(changeOfPlan(of, production(undefined, earlier), [])).toEqual(waits);
    expect(changeOfPlan(of, production(), [])).toEqual(waits);
    expect(changeOfPlan(of, production(undefined, later), [])).toEqual({
      kind: 'closed',
    });
  });

  it('names nobody where it does not know who asked', () => {
    const unknown = { ...of, requester: undefined };
    expect(changeOfPlan(unknown, production(request), [])).toMatchObject({
      by: 'somebody other than who asked for it',
    });
  });
});
