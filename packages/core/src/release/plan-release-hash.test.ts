import { releasePlanSchema } from 'backstage-plugin-dojo-common';
import fc from 'fast-check';
import { planHash } from '../plan/plan-hash';
import { image, ledger, plan, repository } from './__testUtils__/plan';
import type { Choices } from './__testUtils__/plan';

const seed = 20261122;

describe('planRelease', () => {
  it('is the same plan after JSON, by its schema, whatever is released', () => {
    const message = fc.oneof(
      fc.constantFrom(
        'feat: x',
        'fix!: y',
        'chore: z',
        '',
        'revert: feat: x',
        'feat: x\n\nBREAKING CHANGE: y',
      ),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 5 }),
        fc.constantFrom<Choices['bump']>(
          'auto',
          'minor',
          'prerelease',
          '7.0.0',
        ),
        fc.constantFrom(undefined, '0.3.0', '1.0.0-rc.1'),
        fc.boolean(),
        (messages, bump, newest, hasImage) => {
          const overrides = {
            messages,
            newest,
            ...(hasImage && { image: image() }),
          };
          const planned = plan(overrides, {
            bump,
            ...(hasImage && { image: repository }),
          });
          const read = JSON.parse(JSON.stringify(planned));
          expect(read).toStrictEqual(planned);
          expect(releasePlanSchema.parse(read)).toStrictEqual(planned);
          expect(planHash(read.decides)).toBe(planHash(planned.decides));
          expect(
            planHash(
              plan(overrides, { bump, ...(hasImage && { image: repository }) })
                .decides,
            ),
          ).toBe(planHash(planned.decides));
        },
      ),
      { seed },
    );
  });

  it('has another hash where it decides otherwise', () => {
    const hashes = [
      plan(ledger),
      plan(ledger, { date: '2026-11-21' }),
      plan({ ...ledger, base: 'd'.repeat(40) }),
      plan({ ...ledger, image: image() }, { image: repository }),
      plan(ledger, { changelog: 'none' }),
    ].map(({ decides }) => planHash(decides));
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(planHash(plan({ ...ledger, warnings: ['x'] }).decides)).toBe(
      hashes[0],
    );
  });
});
