import { deliveriesQuerySchema } from 'backstage-plugin-dojo-common';
import fc from 'fast-check';
import { listing } from '../__testUtils__/deliveryFacts';
import type { ListedComponent } from '../store/IndexedComponent';
import { pageOf } from './pageOf';

const query = (written: object = {}) => deliveriesQuerySchema.parse(written);
const cell = {
  name: 'dev',
  health: 'healthy' as const,
  pending: false,
  drift: false,
  waiting: false,
};

const ledger: ListedComponent = {
  ref: 'component:default/ledger',
  system: 'money',
  listing: listing('component:default/ledger', {
    flags: ['drifted', 'behind'],
    sort: { attention: '1', name: 'ledger', released: '2026-01-01' },
    search: ['ledger', '0.4.0', 'sha256:abc'],
    row: {
      owner: 'group:default/accounting',
      attention: { rank: 1, sentence: 'dev is down.' },
      environments: [
        { ...cell, health: 'down', drift: true, version: '0.4.0' },
        { ...cell, name: 'production', health: 'not-deployed' },
      ],
    },
  }),
};
const shop: ListedComponent = {
  ref: 'component:default/shop',
  listing: listing('component:default/shop', {
    sort: { attention: '9', name: 'shop', released: '2026-02-01' },
    search: ['shop'],
    row: {
      owner: 'group:default/retail',
      environments: [cell, { ...cell, name: 'production', version: '1.0.0' }],
    },
  }),
};
const plain: ListedComponent = {
  ref: 'component:default/plain',
  listing: listing('component:default/plain', {
    sort: { attention: '9', name: 'plain' },
  }),
};
const all = [shop, plain, ledger];

const names = (written: object, owners: string[] = []) =>
  pageOf(all, query(written), owners).rows.map(({ component }) =>
    component.replace('component:default/', ''),
  );

describe('pageOf', () => {
  it.each([
    [{}, ['ledger', 'plain', 'shop']],
    [{ sort: 'released' }, ['shop', 'ledger', 'plain']],
    [{ sort: 'released', order: 'asc' }, ['ledger', 'shop', 'plain']],
    [{ sort: 'name', order: 'desc' }, ['shop', 'plain', 'ledger']],
    [{ q: 'LED' }, ['ledger']],
    [{ q: '0.4 led' }, ['ledger']],
    [{ q: 'led shop' }, []],
    [{ owner: 'group:default/Retail' }, ['shop']],
    [{ system: 'money' }, ['ledger']],
    [{ flag: 'drifted' }, ['ledger']],
    [{ flag: 'drifted', environment: 'production' }, []],
    [{ state: 'down' }, ['ledger']],
    [{ state: 'healthy', environment: 'production' }, ['shop']],
    [{ environment: 'production' }, ['shop']],
    [{ owned: 'true' }, ['ledger']],
  ])('answers %j with %j', (written, expected) => {
    expect(names(written, ['group:default/accounting'])).toEqual(expected);
  });

  it('counts what the question is about, whatever its state', () => {
    const { counts, total } = pageOf(all, query({ flag: 'late' }), []);
    expect([total, counts.drifted, counts.behind, counts.attention]).toEqual([
      0, 1, 1, 1,
    ]);
    expect(pageOf(all, query({ q: 'shop' }), []).counts.drifted).toBe(0);
  });

  it.each([
    'nonsense',
    Buffer.from('["name","asc","x","y"]').toString('base64url'),
    Buffer.from('{}').toString('base64url'),
  ])('refuses the cursor %s of another list', cursor => {
    expect(() => pageOf(all, query({ cursor }), [])).toThrow(
      'the cursor is not one of this list',
    );
  });

  it('gives each row once, whatever moves behind the cursor', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 40 }),
        fc.array(
          fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
          {
            minLength: 40,
            maxLength: 40,
          },
        ),
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom('asc', 'desc'),
        (ids, dates, limit, order) => {
          const rows = ids.map((id, place): ListedComponent => {
            const date = dates[place];
            return {
              ref: `c${id}`,
              listing: listing(`c${id}`, {
                sort: {
                  attention: '9',
                  name: `c${id}`,
                  ...(date !== undefined && { released: String(date) }),
                },
              }),
            };
          });
          const seen: string[] = [];
          let cursor: string | undefined;
          do {
            const page = pageOf(
              rows,
              query({ limit, sort: 'released', order, cursor }),
              [],
            );
            seen.push(...page.rows.map(({ component }) => component));
            cursor = page.next;
          } while (cursor !== undefined);
          const whole = pageOf(
            rows,
            query({ limit: 100, sort: 'released', order }),
            [],
          ).rows.map(({ component }) => component);
          expect(seen).toEqual(whole);
          expect(new Set(seen).size).toBe(ids.length);
        },
      ),
      { seed: 1414, numRuns: 200 },
    );
  });
});
