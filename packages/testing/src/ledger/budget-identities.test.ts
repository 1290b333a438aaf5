import fc from 'fast-check';
import { arbitraryOperation, seedSql } from './arbitrary-operation';
import { TestLedger } from './test-ledger';
import type { Cell } from './test-ledger';

const seed = 20261122;
const numRuns = 15;

jest.setTimeout(120_000);

type Row = Record<string, Cell>;
const sum = (rows: Row[], column: string): number =>
  rows.reduce((total, row) => total + Number(row[column]), 0);
/** Whether it was booked in the month that begins on `month`, or earlier. */
const until = (month: Cell) => (row: Row) =>
  String(row.booked_on).slice(0, 7) <= String(month).slice(0, 7);

/** Everything that the identities speak of, read after a rebuild. */
async function observe(ledger: TestLedger) {
  await ledger.rebuildCaches();
  return {
    booked: await ledger.rows(
      `SELECT transactions.*, kind, on_budget FROM transactions JOIN accounts ON accounts.id = account_id`,
    ),
    states: await ledger.rows(
      'FROM budget_category_monthly_state ORDER BY month, category_id',
    ),
    ready: await ledger.rows('FROM ready_to_assign ORDER BY month'),
  };
}
type Observed = Awaited<ReturnType<typeof observe>>;

/** The cash on budget is what is ready to assign and what is available, in each month. */
function expectNoDrift({ booked, states, ready }: Observed) {
  const cash = booked.filter(row => row.on_budget && row.kind !== 'credit');
  const given = ready.map(
    row =>
      Number(row.ready_to_assign_minor) +
      sum(
        states.filter(state => state.month === row.month),
        'available_minor',
      ),
  );
  expect(given).toEqual(
    ready.map(row => sum(cash.filter(until(row.month)), 'amount_minor')),
  );
}

/** What is left carries over whole; what is below nothing is settled, first by cards, then by cash. */
function expectCarryOver({ states }: Observed) {
  const last = new Map<Cell, Row>();
  for (const row of states) {
    const earlier = last.get(row.category_id);
    const left = earlier
      ? Number(earlier.available_minor) + Number(earlier.settled_by_cards_minor)
      : 0;
    expect(row.carried_over_minor).toBe(left > 0 ? left : 0);
    expect(row.settled_by_cash_minor).toBe(
      Math.max(
        0,
        -(Number(row.available_minor) + Number(row.settled_by_cards_minor)),
      ),
    );
    last.set(row.category_id, row);
  }
  for (const month of new Set(states.map(row => row.month))) {
    const ofMonth = states.filter(row => row.month === month);
    expect(sum(ofMonth, 'settled_by_cards_minor')).toBe(0);
  }
}

describe('the budget', () => {
  let ledger: TestLedger;
  beforeAll(async () => {
    ledger = await TestLedger.open();
  });
  afterAll(() => ledger.close());

  describe('when anything is booked, moved, budgeted and removed', () => {
    it('drifts by nothing, carries over what is left, and keeps transfers at nothing', () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.array(arbitraryOperation, { minLength: 1, maxLength: 8 }),
            { minLength: 2, maxLength: 6 },
          ),
          async batches => {
            await ledger.empty();
            await ledger.run(seedSql);
            for (const batch of batches) {
              for (const { sql } of batch) await ledger.run(sql);
              const observed = await observe(ledger);
              expectNoDrift(observed);
              expectCarryOver(observed);
              expect(await ledger.rows('FROM unbalanced_transfers')).toEqual(
                [],
              );
            }
          },
        ),
        { seed, numRuns },
      ));
  });
});
