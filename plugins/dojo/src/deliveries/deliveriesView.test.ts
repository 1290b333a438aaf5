import {
  deliveryFlagSchema,
  healthKindSchema,
} from 'backstage-plugin-dojo-common';
import fc from 'fast-check';
import {
  changeView,
  type DeliveriesView,
  formatDeliveriesView,
  isOwnedView,
  parseDeliveriesView,
  toDeliveriesQuery,
  withoutFilters,
} from './deliveriesView';

const seed = 20261129;
const text = (maxLength: number) =>
  fc.string({ minLength: 1, maxLength, unit: 'grapheme' }).filter(
    // A lone surrogate cannot stand in an address.
    value => value.length <= maxLength && encodes(value),
  );
const views: fc.Arbitrary<DeliveriesView> = fc.record(
  {
    scope: fc.constantFrom('owned' as const, 'all' as const),
    q: text(200),
    owner: text(200),
    system: text(200),
    environment: text(100),
    state: fc.constantFrom(...healthKindSchema.options),
    flag: fc.constantFrom(...deliveryFlagSchema.options),
    sort: fc.constantFrom(
      'attention' as const,
      'name' as const,
      'released' as const,
      'deployed' as const,
    ),
    order: fc.constantFrom('asc' as const, 'desc' as const),
    cursor: text(200),
    columns: fc.uniqueArray(text(20), { minLength: 1, maxLength: 8 }),
  },
  { requiredKeys: [] },
);

describe('parseDeliveriesView', () => {
  describe('when the address is one of a view', () => {
    it(`gives that view back (seed ${seed})`, () => {
      fc.assert(
        fc.property(views, view => {
          // The schema reads an absent sort as the default, which the page shows as it is.
          expect(parseDeliveriesView(formatDeliveriesView(view))).toEqual(view);
        }),
        { seed, numRuns: 500 },
      );
    });
  });

  describe('when somebody wrote the address', () => {
    it(`reads any text, and means the same by what it makes of it (seed ${seed})`, () => {
      const keys = fc.constantFrom(
        ...['show', 'q', 'state', 'flag', 'sort', 'order', 'cursor', 'column'],
        ...['owner', 'environment', 'system', 'other'],
      );
      fc.assert(
        fc.property(
          fc.array(fc.tuple(keys, fc.string({ maxLength: 1200 })), {
            maxLength: 30,
          }),
          pairs => {
            const search = `?${new URLSearchParams(pairs)}`;
            const view = parseDeliveriesView(search);
            expect(parseDeliveriesView(formatDeliveriesView(view))).toEqual(
              view,
            );
          },
        ),
        { seed, numRuns: 300 },
      );
    });

    it.each([
      ['?sort=size&order=up', {}],
      ['?state=green&flag=late', { flag: 'late' }],
      ['?show=everything&q=', {}],
      [
        `?q=${'x'.repeat(201)}&owner=group:default/a`,
        { owner: 'group:default/a' },
      ],
      ['?column=dev&column=dev&column=', { columns: ['dev'] }],
    ])('leaves out what it does not understand of %s', (search, view) => {
      expect(parseDeliveriesView(search)).toEqual(view);
    });
  });
});

describe('formatDeliveriesView', () => {
  it('says nothing of the first view', () => {
    expect(formatDeliveriesView({})).toBe('');
  });
});

describe('changeView', () => {
  it('begins at the first row again where other rows are shown', () => {
    expect(
      changeView({ cursor: 'c', sort: 'name' }, { flag: 'drifted' }),
    ).toEqual({ sort: 'name', flag: 'drifted' });
  });

  it('stays at its page where only the columns change', () => {
    expect(changeView({ cursor: 'c' }, { columns: ['dev'] })).toEqual({
      cursor: 'c',
      columns: ['dev'],
    });
  });

  it('takes a wish back', () => {
    expect(changeView({ q: 'led', state: 'down' }, { q: undefined })).toEqual({
      state: 'down',
    });
  });
});

describe('withoutFilters', () => {
  it('keeps whose rows they are, their order and their columns', () => {
    expect(
      withoutFilters({
        scope: 'all',
        q: 'led',
        flag: 'drifted',
        sort: 'name',
        order: 'desc',
        cursor: 'c',
        columns: ['dev'],
      }),
    ).toEqual({
      scope: 'all',
      sort: 'name',
      order: 'desc',
      columns: ['dev'],
    });
  });
});

describe('isOwnedView', () => {
  it.each([
    [{}, true],
    [{ scope: 'owned' }, true],
    [{ scope: 'all' }, false],
    [{ owner: 'group:default/platform' }, false],
    [{ flag: 'drifted' }, true],
  ] as const)('of %j is %s', (view, owned) => {
    expect(isOwnedView(view)).toBe(owned);
  });
});

describe('toDeliveriesQuery', () => {
  it('asks for what the view says, and for nothing of the page alone', () => {
    expect(
      toDeliveriesQuery(
        { scope: 'owned', q: 'led', columns: ['dev'], cursor: 'c' },
        { owned: true, limit: 50 },
      ),
    ).toEqual({ q: 'led', cursor: 'c', limit: 50, owned: true });
  });
});

function encodes(value: string): boolean {
  try {
    encodeURIComponent(value);
    return true;
  } catch {
    return false;
  }
}
