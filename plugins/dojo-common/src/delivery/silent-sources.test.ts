import { currentSource, silentDelivery } from '../testUtils';
import { oldestAsOf, placeOfSource, silentSources } from './silent-sources';

describe('oldestAsOf', () => {
  it('is the oldest of what is current', () => {
    expect(
      oldestAsOf([
        { ...currentSource('infra'), asOf: '2026-11-29T14:00:00.000Z' },
        currentSource('repository'),
        { id: 'forge', state: 'late', asOf: '2026-11-28T14:00:00.000Z' },
      ]),
    ).toBe('2026-11-29T14:00:00.000Z');
    expect(oldestAsOf([])).toBeUndefined();
  });
});

describe('silentSources', () => {
  it('are those that are late or never answered', () => {
    expect(silentSources(silentDelivery().sources).map(({ id }) => id)).toEqual(
      ['cluster:staging'],
    );
  });
});

describe('placeOfSource', () => {
  it('names the environment, whatever signs are in it', () => {
    expect(placeOfSource('cluster:eu:1')).toEqual({
      kind: 'cluster',
      environment: 'eu:1',
    });
  });
});
