import type { ClusterFacts, Landing } from 'dojo-portal-core/delivery';
import { seenEnd } from './seenEnd';

const digest = `sha256:${'a'.repeat(64)}`;
const landing: Landing = {
  commit: 'c1',
  environment: 'staging',
  at: '2026-11-29T12:00:00.000Z',
  base: 'b1',
  digest,
};
const healthy: ClusterFacts = {
  running: {
    kind: 'version',
    digest,
    since: '2026-11-29T12:00:20.000Z',
    ready: 1,
    of: 1,
  },
  health: { kind: 'healthy', since: '2026-11-29T12:00:20.000Z' },
  drift: { kind: 'none' },
};
const down: ClusterFacts = {
  running: { kind: 'nothing' },
  health: { kind: 'down' },
  drift: { kind: 'none' },
  cause: {
    code: 'CONTAINER_CRASHED',
    sentence: 'exits at start',
    hint: 'Look at its log.',
    since: '2026-11-29T12:00:10.000Z',
  },
};
const after = (seconds: number) =>
  new Date(Date.parse(landing.at) + seconds * 1_000);

describe('seenEnd', () => {
  it('tells that it came up, and since when, once that has lasted', () => {
    expect(seenEnd(landing, healthy, after(79))).toBeUndefined();
    expect(seenEnd(landing, healthy, after(80))).toEqual({
      outcome: 'healthy',
      at: after(20),
    });
  });

  it('tells why it did not', () => {
    expect(seenEnd(landing, down, after(90))).toEqual({
      outcome: 'failed',
      at: after(10),
      cause: { code: 'CONTAINER_CRASHED', sentence: 'exits at start' },
    });
  });

  it.each<[string, Partial<Landing>, Partial<ClusterFacts>]>([
    ['is noted already', { outcome: { kind: 'healthy' } }, {}],
    ['is watched by its own run', { run: 'task:1' }, {}],
    ['brought no version', { base: undefined }, {}],
    ['is not what runs', { digest: `sha256:${'b'.repeat(64)}` }, {}],
    ['still rolls out', {}, { health: { kind: 'rolling-out' } }],
    ['failed before', { at: '2026-11-29T12:00:15.000Z' }, down],
  ])('tells nothing where it %s', (_, change, facts) => {
    expect(
      seenEnd({ ...landing, ...change }, { ...healthy, ...facts }, after(900)),
    ).toBeUndefined();
  });

  it('tells of what a person merged, whoever prepared it, and what followed a failure', () => {
    const merged: Landing = {
      ...landing,
      run: 'task:1',
      mergedBy: { name: 'developer' },
      outcome: { kind: 'failed' },
    };
    expect(seenEnd(merged, healthy, after(900))?.outcome).toBe('healthy');
  });
});
