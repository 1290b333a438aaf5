import {
  deliveryEnvironment,
  deliveryRelease,
  healthyDelivery,
  ledgerDelivery,
  silentDelivery,
  unobservedEnvironment,
} from 'backstage-plugin-dojo-common/testUtils';
import { changesBetween } from './changesBetween';

const healthy = healthyDelivery();
const of = (...environments: ReturnType<typeof deliveryEnvironment>[]) =>
  healthyDelivery({ environments });

describe('changesBetween', () => {
  it('is empty where nothing changed', () => {
    expect(changesBetween(healthy, healthyDelivery())).toEqual([]);
  });

  it('is empty between two components', () => {
    expect(
      changesBetween(
        healthy,
        ledgerDelivery({ component: 'component:default/shop' }),
      ),
    ).toEqual([]);
  });

  it('counts the features and fixes of a release', () => {
    const after = ledgerDelivery({
      latest: deliveryRelease({ version: '0.5.0' }),
    });

    expect(changesBetween(ledgerDelivery(), after)).toEqual([
      { kind: 'released', version: '0.5.0', features: 1, fixes: 1 },
    ]);
  });

  it('says that a source is current again', () => {
    expect(changesBetween(silentDelivery(), healthy)).toEqual([
      { kind: 'current', source: 'cluster:staging' },
    ]);
  });

  it('says that what ran before runs again, and how long nothing did', () => {
    const [running] = [deliveryEnvironment()].flatMap(({ running: is }) =>
      is.kind === 'version' ? [is] : [],
    );
    const down = deliveryEnvironment({
      running: {
        kind: 'nothing',
        since: new Date(Date.parse(running.since) - 192_000).toISOString(),
        last: running.version,
      },
      health: { kind: 'rolling-out' },
    });
    const { name } = down;

    expect(changesBetween(of(down), of(deliveryEnvironment()))).toEqual([
      {
        kind: 'runs-again',
        environment: name,
        version: running.version,
        downMs: 192_000,
      },
    ]);
    const other = deliveryEnvironment({
      running: { ...running, version: '9.9.9' },
    });
    expect(changesBetween(of(down), of(other))).toEqual([
      { kind: 'runs', environment: name, version: '9.9.9' },
    ]);
  });

  it('says that an environment is down', () => {
    const down = deliveryEnvironment({
      running: { kind: 'nothing' },
      health: { kind: 'down' },
    });

    expect(changesBetween(of(deliveryEnvironment()), of(down))).toEqual([
      { kind: 'health', environment: down },
    ]);
  });

  it('says what landed where nothing is observed', () => {
    const landed = unobservedEnvironment({
      wanted: {
        kind: 'version',
        version: '0.5.0',
        base: '1'.repeat(40),
        commit: '2'.repeat(40),
        at: '2026-11-29T14:03:00.000Z',
        change: 'version',
      },
    });

    expect(changesBetween(of(unobservedEnvironment()), of(landed))).toEqual([
      { kind: 'landed', environment: 'dev', version: '0.5.0' },
    ]);
    const merged = {
      ...landed,
      wanted: {
        ...landed.wanted,
        mergedBy: { ref: 'user:default/developer', name: 'developer' },
      },
    } as typeof landed;
    expect(changesBetween(of(unobservedEnvironment()), of(merged))).toEqual([
      {
        kind: 'landed',
        environment: 'dev',
        version: '0.5.0',
        mergedBy: 'developer',
      },
    ]);
  });

  it('says that the database went on, and that what runs is what git says', () => {
    const before = deliveryEnvironment({
      drift: { kind: 'drifted', fields: [], omitted: 1 },
    });
    const after = deliveryEnvironment({
      database: {
        kind: 'level',
        at: '0016_rates',
        pending: [],
        breakingPending: false,
        ahead: false,
      },
    });

    expect(changesBetween(of(before), of(after))).toEqual([
      {
        kind: 'migrated',
        environment: 'dev',
        from: '0015_reconciliation',
        to: '0016_rates',
      },
      { kind: 'matches-git', environment: 'dev' },
    ]);
  });

  it('calls the way back of a database a restore', () => {
    const at = (level: string) =>
      deliveryEnvironment({
        database: {
          kind: 'level',
          at: level,
          pending: [],
          breakingPending: false,
          ahead: false,
        },
      });
    expect(
      changesBetween(of(at('0016_rates')), of(at('0015_integrity'))),
    ).toEqual([
      expect.objectContaining({ kind: 'restored', to: '0015_integrity' }),
    ]);
  });

  it('says nothing of what was only unknown', () => {
    const before = deliveryEnvironment({
      running: { kind: 'unknown', source: 'cluster:dev' },
      health: { kind: 'unknown', source: 'cluster:dev' },
      database: { kind: 'unknown', source: 'database:dev' },
    });

    expect(changesBetween(of(before), of(deliveryEnvironment()))).toEqual([]);
  });
});
