import {
  blockedAction,
  deliveryAction,
  ledgerDelivery,
  notSetUpDelivery,
} from 'backstage-plugin-dojo-common/testUtils';
import { chosenAction } from './chosenAction';

const ready = deliveryAction('deploy', 'Deploy 0.4.0 to staging…', {
  environment: 'staging',
});
const blocked = blockedAction('deploy', 'Deploy 0.4.0 to dev…', 'Frozen.', {
  environment: 'dev',
});
const release = deliveryAction('release', 'Release 0.5.0…');

describe('chosenAction', () => {
  it.each([
    ['the first that is ready', [release, blocked, ready], ready],
    ['one that a rule holds back, where none is ready', [blocked], blocked],
    ['none without permission', [release], undefined],
  ])('is %s', (_, actions, chosen) => {
    expect(chosenAction(ledgerDelivery({ actions }), ['deploy'])).toBe(chosen);
  });

  it.each([undefined, notSetUpDelivery()])('is none of %j', delivery => {
    expect(chosenAction(delivery, ['deploy'])).toBeUndefined();
  });
});
