import {
  currentSource,
  deliveryEnvironment,
  emptyEnvironment,
  imageDigest,
  unobservedEnvironment,
} from '../testUtils';
import { hasDatabase, mainFactOf, wantedBesides } from './environment-facts';

const unknown = { kind: 'unknown', source: 'database:dev' } as const;

describe('mainFactOf', () => {
  it.each([
    ['what runs', deliveryEnvironment(), ['0.4.0']],
    [
      'what landed where nothing is observed',
      unobservedEnvironment(),
      ['0.4.0'],
    ],
  ])('is %s', (_, environment, versions) => {
    expect(mainFactOf(environment)).toEqual({ kind: 'versions', versions });
  });

  it('is the digest of a version that has no name', () => {
    expect(
      mainFactOf(
        deliveryEnvironment({
          running: {
            kind: 'version',
            digest: imageDigest('9f2c41'),
            since: '2026-11-29T14:03:00.000Z',
            ready: 1,
            of: 1,
          },
        }),
      ),
    ).toEqual({ kind: 'versions', versions: ['9f2c4100000'] });
  });

  it.each([
    ['empty', emptyEnvironment()],
    ['nothing', deliveryEnvironment({ running: { kind: 'nothing' } })],
    ['unknown', deliveryEnvironment({ running: unknown })],
    ['unknown', unobservedEnvironment({ wanted: unknown })],
  ])('is %s', (kind, environment) => {
    expect(mainFactOf(environment)).toEqual({ kind });
  });
});

describe('wantedBesides', () => {
  it('is nothing where what is wanted runs, or nobody sees what runs', () => {
    expect(wantedBesides(deliveryEnvironment())).toBeUndefined();
    expect(wantedBesides(unobservedEnvironment())).toBeUndefined();
    expect(wantedBesides(emptyEnvironment())).toBeUndefined();
  });

  it('is the version that is wanted where another runs, or none', () => {
    expect(
      wantedBesides(deliveryEnvironment({ running: { kind: 'nothing' } })),
    ).toBe('0.4.0');
  });
});

describe('hasDatabase', () => {
  const environment = deliveryEnvironment({ database: unknown });

  it('is so where one is configured that does not answer', () => {
    expect(hasDatabase(environment, [currentSource('database:dev')])).toBe(
      true,
    );
  });

  it('is not so where none is configured', () => {
    expect(hasDatabase(environment, [])).toBe(false);
    expect(
      hasDatabase(environment, [{ id: 'database:dev', state: 'off' }]),
    ).toBe(false);
  });
});
