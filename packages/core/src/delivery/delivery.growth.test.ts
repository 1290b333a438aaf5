import { countSteps } from '../text/__testUtils__/count-steps';
import { growthOf } from '../text/__testUtils__/growth-of';
import {
  ago,
  commit,
  landing,
  now,
  release,
  sampleCaller,
  sampleFacts,
  sampleRules,
} from './__testUtils__/sample-facts';
import { assembleDelivery } from './assemble-delivery';
import { deliveryRow } from './delivery-row';
import type { ComponentFacts } from './facts';
import { historyOf } from './history/history-of';
import { measuresOf } from './measures/measures-of';
import { findRef } from './where/find-ref';

const rules = sampleRules();
const times = 4;

/** 200 versions, and so many landings of them, some of them rollbacks. */
function world(landings: number, releases = 200): ComponentFacts {
  const version = (at: number) => `0.${at}.0`;
  return sampleFacts({
    releases: Array.from({ length: releases }, (_, n) => {
      const at = releases - n;
      return release(version(at), {
        commits: [commit(`feat: ${at}`), commit(`fix: ${at}`)],
        ...(at > 1 && { previous: version(at - 1) }),
      });
    }),
    landings: Array.from({ length: landings }, (_, n) => {
      const at = 1 + ((landings - n) % releases);
      return landing(
        'production',
        version(n % 7 === 0 ? Math.max(1, at - 1) : at),
        {
          at: ago({ minutes: n * 20 }),
          outcome: { kind: n % 11 === 0 ? 'failed' : 'healthy' },
        },
      );
    }),
  });
}

const questions: readonly (readonly [
  string,
  (facts: ComponentFacts) => unknown,
])[] = [
  [
    'status',
    facts =>
      assembleDelivery(facts, rules, sampleCaller(), { now, generation: '1' }),
  ],
  ['row', facts => deliveryRow(facts, rules, now)],
  ['history', facts => historyOf(facts, rules)],
  ['measures', facts => measuresOf(facts, rules, { days: 90, now })],
  ['where', facts => findRef(facts, rules, '0.100.0')],
];

describe('the cost of a long history', () => {
  it.each(questions)('%s grows no faster than its landings', (_, ask) => {
    const [few, many] = [world(500), world(500 * times)];
    const steps = (facts: ComponentFacts) => () =>
      countSteps('/src/delivery/', () => ask(facts));
    expect(growthOf(steps(few), steps(many))).toBeLessThan(times * 1.7);
  });

  it('answers 10,000 landings and 200 releases', () => {
    const facts = world(10_000);
    expect(historyOf(facts, rules)).toHaveLength(10_200);
    const [answer] = measuresOf(facts, rules, { days: 90, now }).environments;
    expect(answer.deployments.count).toBeGreaterThan(1_000);
  });
});
