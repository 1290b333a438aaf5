import {
  deliveryAction,
  ledgerDelivery,
} from 'backstage-plugin-dojo-common/testUtils';
import { actionsOfEnvironment, actionsOfLatest } from './stageActions';

const ids = (actions: readonly { id: string; version?: string }[]) =>
  actions.map(({ id, version }) => `${id} ${version}`);

describe('the verbs of a stage', () => {
  const delivery = ledgerDelivery({
    actions: [
      ...ledgerDelivery().actions,
      deliveryAction('reject', 'Reject 0.3.0…', { version: '0.3.0' }),
    ],
  });

  it('has what is done in an environment, without what begins with a release', () => {
    expect(ids(actionsOfEnvironment('dev', delivery))).toEqual([
      'deploy 0.4.1',
      'restore undefined',
    ]);
  });

  it('has the rejection of a version where that is, once', () => {
    expect(ids(actionsOfLatest(delivery))).toEqual(['reject 0.4.1']);
    expect(ids(actionsOfEnvironment('production', delivery))).toContain(
      'reject 0.3.0',
    );
    expect(ids(actionsOfEnvironment('staging', delivery))).toEqual([
      'roll-back 0.4.0',
    ]);
  });

  it('has none of a release that is not known', () => {
    expect(
      actionsOfLatest(ledgerDelivery({ latest: { kind: 'none' } })),
    ).toEqual([]);
  });
});
