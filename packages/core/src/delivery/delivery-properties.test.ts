import fc from 'fast-check';
import {
  deliveryMeasuresSchema,
  deliveryRowSchema,
  deliverySchema,
  deliveryWhereSchema,
  historyEntrySchema,
} from 'backstage-plugin-dojo-common';
import { arbitraryFacts } from './__testUtils__/arbitrary-facts';
import { now, sampleCaller, sampleRules } from './__testUtils__/sample-facts';
import { assembleDelivery } from './assemble-delivery';
import { deliveryRow } from './delivery-row';
import { historyOf } from './history/history-of';
import { commitsOfLandings } from './measures/lead-time';
import { measuresOf } from './measures/measures-of';
import { readState } from './state/delivery-state';
import { findRef } from './where/find-ref';

const seed = 20261130;
const frozen = { sentence: 'Frozen until Mon 08:00 (Europe/Rome)' };
const rules = sampleRules();
const frozenRules = sampleRules({
  dev: { frozen },
  staging: { frozen },
  production: { frozen },
});
const at = { now, generation: '1' };
const check = (property: (facts: Parameters<typeof readState>[0]) => void) =>
  fc.assert(fc.property(arbitraryFacts, property), { seed, numRuns: 100 });

describe(`the rules of deliveries, over any facts (seed ${seed})`, () => {
  it('answer what their schemas say, and never throw', () => {
    check(facts => {
      const answer = assembleDelivery(facts, rules, sampleCaller(), at);
      expect(deliverySchema.parse(answer)).toEqual(answer);
      expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
      const { row } = deliveryRow(facts, rules, now);
      expect(deliveryRowSchema.parse(row)).toEqual(row);
      historyOf(facts, rules).forEach(entry => historyEntrySchema.parse(entry));
      for (const days of [30, 90] as const) {
        deliveryMeasuresSchema.parse(measuresOf(facts, rules, { days, now }));
      }
      for (const ref of ['1', '#2', '0.3.0', 'v9', 'abcdef1', '', '…']) {
        deliveryWhereSchema.parse(findRef(facts, rules, ref));
      }
    });
  });

  it('bring a commit at most once', () => {
    check(facts => {
      const { chains, versions } = readState(facts, rules);
      for (const chain of chains.values()) {
        const brought = [
          ...commitsOfLandings(chain, versions).values(),
        ].flatMap(range => (range.kind === 'known' ? range.commits : []));
        const shas = brought.map(({ sha }) => sha);
        expect(new Set(shas).size).toBe(shas.length);
      }
    });
  });

  it('have no more failures than deployments, and as many as their days add up to', () => {
    check(facts => {
      for (const environment of ['dev', 'staging', 'production']) {
        const { environments } = measuresOf(facts, rules, {
          environment,
          days: 90,
          now,
        });
        for (const { failures, deployments, recovery } of environments) {
          const ids = failures.list.map(({ id }) => id);
          expect(failures.failed).toBeLessThanOrEqual(failures.of);
          expect(failures.of).toBe(deployments.count);
          expect(deployments.perDay.reduce((a, b) => a + b, 0)).toBe(
            deployments.count,
          );
          expect(recovery.open.length).toBeLessThanOrEqual(ids.length);
        }
      }
    });
  });

  it('never hold a rollback back because of a freeze, and change nothing else of it', () => {
    check(facts => {
      const backs = [rules, frozenRules].map(each =>
        assembleDelivery(facts, each, sampleCaller(), at).actions.filter(
          ({ id }) => id === 'roll-back',
        ),
      );
      expect(backs[1]).toEqual(backs[0]);
    });
  });

  it('let nothing but a rollback or the environment itself pass a freeze', () => {
    check(facts => {
      const { actions } = assembleDelivery(
        facts,
        frozenRules,
        sampleCaller(),
        at,
      );
      const ready = actions.filter(
        ({ id, state }) =>
          state === 'ready' &&
          ['deploy', 'promote', 'ship', 'merge'].includes(id),
      );
      expect(ready).toEqual([]);
    });
  });

  it('keep the reason of what is held back, and name no verb that is not permitted', () => {
    check(facts => {
      const { actions } = assembleDelivery(facts, rules, sampleCaller(), at);
      for (const { state, label } of actions) {
        expect(label.sentence).not.toMatch(/undefined|null|NaN/);
        const reason =
          state === 'ready' ? 'READY: now' : `${state.code}: ${state.sentence}`;
        expect(reason).toMatch(/^[A-Z_]+: ./s);
      }
      const nobody = sampleCaller({ may: () => false });
      expect(assembleDelivery(facts, rules, nobody, at).actions).toEqual([]);
    });
  });

  it('show a log to nobody who may not read it', () => {
    check(facts => {
      const blind = sampleCaller({ logs: false });
      const { attention } = assembleDelivery(facts, rules, blind, at);
      expect(attention.filter(({ log }) => log !== undefined)).toEqual([]);
    });
  });
});
