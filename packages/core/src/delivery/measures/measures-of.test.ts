import {
  ago,
  commit,
  landing,
  now,
  release,
  sampleFacts,
  sampleRules,
} from '../__testUtils__/sample-facts';
import type { ComponentFacts, Landing, ReleasedVersion } from '../facts';
import type { DeliveryRules } from '../rules';
import { millisOf } from '../words/clock-time';
import { measuresOf } from './measures-of';

const hour = 3_600_000;
const observed = sampleRules({ production: { observed: true } });

function measure(
  facts: ComponentFacts,
  rules: DeliveryRules = observed,
  days: 30 | 90 = 90,
) {
  const [answer] = measuresOf(facts, rules, { days, now }).environments;
  return answer;
}

/** A version that landed in production and came up after `upAfterMs`. */
function landed(
  version: string,
  at: string,
  {
    upAfterMs = 60_000,
    ...more
  }: Partial<Landing> & { upAfterMs?: number } = {},
): Landing {
  return landing('production', version, {
    at,
    outcome: {
      kind: 'healthy',
      at: new Date(millisOf(at) + upAfterMs).toISOString(),
    },
    ...more,
  });
}

/** 0.1.0 to 0.<count>.0, newest first, each with one feature that is an hour older than it. */
function minors(count: number): ReleasedVersion[] {
  return Array.from({ length: count }, (_, at) => {
    const version = `0.${count - at}.0`;
    return release(version, {
      commits: [
        commit(`feat: ${version}`, {
          at: ago({ days: 85 - 3 * (count - at), hours: 1 }),
        }),
      ],
      ...(at < count - 1 && { previous: `0.${count - at - 1}.0` }),
    });
  });
}

/**
 * Story 19: 12 landed versions, the first included, 2 rollbacks, 1 change of the configuration. One rollout failed and was
 * rolled back, one was rolled back a day later, one got a fix after 5 h, the newest failed and is open.
 */
function ninetyDays(): ComponentFacts {
  const day = (days: number, hours = 0) => ago({ days, hours: -hours });
  const oldestFirst: Landing[] = [
    landed('0.1.0', day(80)),
    landed('0.2.0', day(75)),
    // Its rollout failed; rolled back.
    landed('0.3.0', day(70), { outcome: { kind: 'failed', at: day(70) } }),
    landed('0.2.0', ago({ days: 70, minutes: -6 }), { upAfterMs: 0 }),
    landed('0.4.0', day(60)),
    // Rolled back a day later; it came up after 10 minutes.
    landed('0.5.0', day(50), { upAfterMs: 600_000 }),
    landed('0.4.0', day(49)),
    landed('0.4.0', day(48), { commit: commit('configuration').sha }),
    landed('0.6.0', day(40)),
    // It got a fix after 5 h; it came up after 1 minute.
    landed('0.7.0', day(30)),
    landed('0.7.1', day(30, 5)),
    landed('0.8.0', day(20)),
    landed('0.9.0', day(15)),
    landed('0.10.0', day(10)),
    landed('0.11.0', ago({ minutes: 12 }), {
      outcome: { kind: 'failed', at: ago({ minutes: 11 }) },
    }),
  ];
  const all = minors(11);
  return sampleFacts({
    releases: [
      ...all.slice(0, 4),
      release('0.7.1', {
        previous: '0.7.0',
        commits: [commit('fix: of 0.7.1', { at: day(30, 2) })],
      }),
      ...all.slice(4),
    ],
    landings: oldestFirst.reverse(),
  });
}

describe('measuresOf', () => {
  it('counts what story 19 counts', () => {
    const answer = measure(ninetyDays());
    expect(answer.deployments).toMatchObject({
      count: 12,
      rollbacks: 2,
      configuration: 1,
    });
    expect(answer.rules.deployments).toBe(
      'A deployment is a version that landed; rollbacks and changes of the configuration are none.',
    );
    expect(answer.failures).toMatchObject({ failed: 4, of: 12 });
    expect(answer.failures.list.map(({ reason }) => reason)).toEqual([
      'rollout-failed',
      'rolled-back',
      'hotfix',
      'rollout-failed',
    ]);
    // 6 min to the rollback, 10 min and 1 min to their own outcomes.
    expect(answer.recovery).toMatchObject({
      medianMs: 360_000,
      count: 3,
      open: [expect.stringMatching(/^deployment:/)],
    });
    expect(answer.recovery.open[0]).toBe(answer.failures.list[3].id);
    expect(answer.excluded.first).toBe(1);
  });

  it('says from when it knows, where that is later than the window', () => {
    const answer = measure(ninetyDays());
    expect(answer.from).toBe(ago({ days: 80 }));
    expect(answer.deployments.perDay).toHaveLength(81);
    const month = measure(ninetyDays(), observed, 30);
    expect(month.from).toBe('2026-10-29T00:00:00.000Z');
    expect(month.deployments.perDay).toHaveLength(30);
    expect(month.deployments.perDay.reduce((a, b) => a + b)).toBe(
      month.deployments.count,
    );
  });

  it('has no figure where nothing landed', () => {
    const answer = measure(sampleFacts());
    expect(answer).toMatchObject({
      deployments: { count: 0, rollbacks: 0, configuration: 0 },
      leadTime: { commits: 0 },
      failures: { failed: 0, of: 0, list: [] },
      recovery: { count: 0, open: [] },
    });
    expect(answer.leadTime).not.toHaveProperty('medianMs');
    expect(answer.recovery).not.toHaveProperty('medianMs');
  });

  describe('which environments', () => {
    const names = (rules: DeliveryRules, environment?: string) =>
      measuresOf(sampleFacts(), rules, {
        days: 30,
        now,
        environment,
      }).environments.map(each => each.environment);

    it('are those that none promotes from, each by itself', () => {
      const rules = sampleRules();
      const us = { ...rules.environments[2], name: 'production-us' };
      expect(
        names({ ...rules, environments: [...rules.environments, us] }),
      ).toEqual(['production', 'production-us']);
    });

    it('is the configured one, or the one that is asked for', () => {
      const rules = sampleRules(
        {},
        { metrics: { environment: 'staging', hotfixWindowMs: 0 } },
      );
      expect(names(rules)).toEqual(['staging']);
      expect(names(rules, 'dev')).toEqual(['dev']);
      expect(names(rules, 'prod')).toEqual([]);
    });
  });

  describe('lead time', () => {
    const at = (hours: number) => ago({ hours });
    const facts = (landings: Landing[], releases: ReleasedVersion[]) =>
      sampleFacts({ releases, landings: landings.reverse() });
    const base = release('0.1.0', { commits: [commit('feat: base')] });
    const second = (commits: ReleasedVersion['commits']) =>
      release('0.2.0', { previous: '0.1.0', commits });

    it('goes from the branch to healthy, and the first landing has none', () => {
      const answer = measure(
        facts(
          [
            landed('0.1.0', at(100)),
            landed('0.2.0', at(10), { upAfterMs: hour }),
          ],
          [
            second([
              commit('feat: a', { at: at(12) }),
              commit('fix: b', { at: at(19) }),
              commit('fix: c', { at: at(29) }),
            ]),
            base,
          ],
        ),
      );
      expect(answer.leadTime).toMatchObject({
        commits: 3,
        medianMs: 10 * hour,
        p90Ms: 20 * hour,
      });
      expect(answer.excluded).toMatchObject({ first: 1, skewed: 0 });
    });

    it('leaves out merges and pairs of a commit and its revert', () => {
      const answer = measure(
        facts(
          [landed('0.1.0', at(100)), landed('0.2.0', at(10))],
          [
            second([
              commit('fix: kept', { at: at(14) }),
              commit('revert: a', {
                at: at(15),
                reverts: commit('feat: a').sha,
              }),
              commit('feat: a', { at: at(16) }),
              commit('merge', { at: at(17), isMerge: true }),
            ]),
            base,
          ],
        ),
      );
      expect(answer.leadTime.commits).toBe(1);
    });

    it('counts a commit of a failed landing at its successor, once', () => {
      const answer = measure(
        facts(
          [
            landed('0.1.0', at(100)),
            landed('0.2.0', at(20), { outcome: { kind: 'failed' } }),
            landed('0.1.0', at(19)),
            landed('0.3.0', at(10), { upAfterMs: 0 }),
            landed('0.2.0', at(9)),
            landed('0.3.0', at(8)),
          ],
          [
            release('0.3.0', {
              previous: '0.2.0',
              commits: [commit('fix: three', { at: at(12) })],
            }),
            second([commit('feat: two', { at: at(24) })]),
            base,
          ],
        ),
      );
      expect(answer.leadTime).toMatchObject({ commits: 2, medianMs: 8 * hour });
    });

    it('needs no ancestry for a fix of another branch', () => {
      const answer = measure(
        facts(
          [
            landed('0.1.0', at(100)),
            landed('0.2.0', at(50)),
            landed('0.1.1', at(10), { upAfterMs: 0 }),
          ],
          [
            second([commit('feat: a', { at: at(60) })]),
            release('0.1.1', {
              previous: '0.1.0',
              commits: [commit('fix: branch', { at: at(12) })],
            }),
            base,
          ],
        ),
        observed,
        30,
      );
      expect(answer.leadTime.commits).toBe(2);
      expect(answer.deployments).toMatchObject({ count: 3, rollbacks: 0 });
    });

    it('says what it could not count', () => {
      const answer = measure(
        facts(
          [
            landed('0.1.0', at(100)),
            landed('0.2.0', at(20)),
            landed('0.9.0', at(10)),
          ],
          [second([commit('feat: later', { at: at(5) })]), base],
        ),
      );
      expect(answer.excluded).toMatchObject({ rangeUnknown: 1, skewed: 1 });
      expect(answer.leadTime).toMatchObject({ commits: 1, medianMs: 0 });
    });

    it('is not known of a version with commits that are cut', () => {
      const answer = measure(
        facts(
          [landed('0.1.0', at(100)), landed('0.2.0', at(20))],
          [{ ...second([commit('feat: a')]), commitsCut: true }, base],
        ),
      );
      expect(answer.excluded.rangeUnknown).toBe(1);
      expect(answer.leadTime.commits).toBe(0);
    });

    it('is told by weeks that begin on Monday', () => {
      const answer = measure(
        facts(
          [
            landed('0.1.0', '2026-11-10T10:00:00.000Z'),
            landed('0.2.0', '2026-11-24T10:00:00.000Z', { upAfterMs: 0 }),
          ],
          [
            second([commit('feat: a', { at: '2026-11-24T08:00:00.000Z' })]),
            base,
          ],
        ),
      );
      expect(answer.leadTime.perWeek).toEqual([
        { from: '2026-11-10T10:00:00.000Z' },
        { from: '2026-11-16T00:00:00.000Z' },
        { from: '2026-11-23T00:00:00.000Z', medianMs: 2 * hour },
      ]);
    });
  });

  describe('failures', () => {
    const two = (
      later: ReleasedVersion,
      hoursLater: number,
      hotfixWindowMs = 24 * hour,
    ) =>
      measure(
        sampleFacts({
          releases: [
            later,
            release('0.3.0', { commits: [commit('feat: base')] }),
          ],
          landings: [
            landed(later.version, ago({ hours: 100 - hoursLater })),
            landed('0.3.0', ago({ hours: 100 })),
          ],
        }),
        { ...observed, metrics: { hotfixWindowMs } },
      ).failures.list.map(({ reason }) => reason);
    const patch = (...types: string[]) =>
      release('0.3.1', {
        previous: '0.3.0',
        commits: types.map(type => commit(`${type}: ${type}`)),
      });

    it('are told from a fix of the same line within the window', () => {
      expect(two(patch('fix', 'revert'), 24)).toEqual(['hotfix']);
      expect(two(patch('fix'), 25)).toEqual([]);
      expect(two(patch('fix'), 5, 0)).toEqual([]);
      expect(two(patch('fix', 'feat'), 5)).toEqual([]);
      expect(
        two(
          release('0.4.0', { previous: '0.3.0', commits: [commit('fix: x')] }),
          5,
        ),
      ).toEqual([]);
    });

    it('are told from a rejection while the version ran', () => {
      const failures = (rejectedHoursAgo: number) =>
        measure(
          sampleFacts({
            releases: [
              release('0.4.0', {
                previous: '0.3.0',
                commits: [commit('feat: x')],
              }),
              release('0.3.0', {
                rejected: { at: ago({ hours: rejectedHoursAgo }), reason: 'x' },
              }),
            ],
            landings: [
              landed('0.4.0', ago({ hours: 10 })),
              landed('0.3.0', ago({ hours: 100 })),
            ],
          }),
        ).failures.list.map(({ reason }) => reason);
      expect(failures(50)).toEqual(['rejected']);
      expect(failures(5)).toEqual([]);
    });

    it('count once, and not what was superseded or waits', () => {
      const answer = measure(
        sampleFacts({
          releases: minors(4),
          landings: [
            landed('0.4.0', ago({ hours: 1 }), {
              outcome: { kind: 'waiting' },
            }),
            landed('0.3.0', ago({ hours: 2 }), {
              outcome: { kind: 'superseded' },
            }),
            landed('0.1.0', ago({ hours: 3 })),
            landed('0.2.0', ago({ hours: 4 }), { outcome: { kind: 'failed' } }),
            landed('0.1.0', ago({ hours: 5 })),
          ],
        }),
      );
      expect(answer.failures).toMatchObject({ failed: 1, of: 2 });
      expect(answer.excluded.superseded).toBe(1);
    });

    it('stay failures where the same landing came up after all, and that is the recovery', () => {
      const answer = measure(
        sampleFacts({
          releases: minors(1),
          landings: [
            landed('0.1.0', ago({ hours: 5 }), {
              outcome: { kind: 'healthy', at: ago({ hours: 4 }) },
              outcomes: [
                { kind: 'failed', at: ago({ hours: 5 }) },
                { kind: 'healthy', at: ago({ hours: 4 }) },
              ],
            }),
          ],
        }),
      );
      expect(answer.failures).toMatchObject({ failed: 1, of: 1 });
      expect(answer.recovery).toMatchObject({ count: 1, medianMs: hour });
    });

    it('are told from remedies alone where nobody observes it', () => {
      const bare = (version: string, hours: number) =>
        landing('production', version, { at: ago({ hours }) });
      const answer = measure(
        sampleFacts({
          releases: minors(2),
          landings: [bare('0.1.0', 8), bare('0.2.0', 10), bare('0.1.0', 20)],
        }),
        sampleRules(),
      );
      expect(answer.rules.failures).toBe(
        'Failures are counted from rollbacks, rejections and hotfixes only.',
      );
      expect(answer.failures).toMatchObject({
        failed: 1,
        of: 2,
        list: [expect.objectContaining({ reason: 'rolled-back' })],
      });
      expect(answer.recovery).toMatchObject({ count: 1, medianMs: 2 * hour });
      expect(answer.excluded.notObserved).toBe(2);
    });

    it('are told from rollouts too where whoever landed them noted how they went', () => {
      const answer = measure(
        sampleFacts({
          releases: minors(1),
          landings: [
            landed('0.1.0', ago({ hours: 5 }), {
              outcome: { kind: 'failed', at: ago({ hours: 5 }) },
            }),
          ],
        }),
        sampleRules(),
      );
      expect(answer.rules.failures).toMatch(/its rollout failed/);
      expect(answer.failures).toMatchObject({ failed: 1, of: 1 });
    });
  });
});
