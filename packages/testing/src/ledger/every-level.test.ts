import { isDeepStrictEqual } from 'node:util';
import { toDate } from './book';
import { readCacheRebuilds, readMigrations } from './migration-files';
import { TestLedger } from './test-ledger';
import type { Cell } from './test-ledger';
import { insert } from './write-book';

jest.setTimeout(120_000);

const HEAD = readMigrations().length;
/** More than one of DuckDB's vectors, at which its in-place updates and constraint checks change their ways. */
const COUNT = 2048 + 200;

const KINDS = ['checking', 'credit', 'loan', 'investment'];
const STATUSES = ['uncleared', 'cleared', 'reconciled'];
const PAYEES = ['Rewe', 'Bäcker', 'Kiosk', 'Bahn', 'Stadtwerke'];

interface Fact {
  readonly id: number;
  readonly account: number;
  readonly date: string;
  readonly amount: number;
  readonly payee: string;
  readonly memo: string | null;
  readonly status: string;
}

/** Transactions of two years on four accounts. */
const facts: Fact[] = Array.from({ length: COUNT }, (_, index) => ({
  id: index + 1,
  account: 1 + (index % KINDS.length),
  date: toDate(index % 24, 1 + (index % 28)),
  amount: ((index * 7919) % 20_011) - 12_000,
  payee: PAYEES[index % PAYEES.length],
  memo: index % 3 ? null : `for #Holiday and #trip${index % 4}`,
  status: STATUSES[index % 7 ? 1 : index % 3],
}));

const accounts = KINDS.map((kind, index) => ({
  id: index + 1,
  kind,
  onBudget: kind === 'checking' || kind === 'credit',
}));

/** Writes the facts as a service at that level would have. */
async function writeFacts(ledger: TestLedger, level: number): Promise<void> {
  const since = (first: number, value: Cell): Cell[] =>
    level >= first ? [value] : [];
  const names = (...columns: (string | false)[]) =>
    columns.filter(Boolean).join(', ');
  const payeeId = (name: string) => PAYEES.indexOf(name) + 1;
  /** Before there were payees everybody spelled them anew. */
  const spelled = ({ id, payee }: Fact) =>
    id > 100 && id % 2 ? ` ${payee.toUpperCase()}` : payee;

  await insert(
    ledger,
    `accounts (${names('id', 'name', 'kind', level >= 2 && 'on_budget')})`,
    accounts.map(one => [
      one.id,
      `account ${one.id}`,
      one.kind,
      ...since(2, one.onBudget),
    ]),
  );
  if (level >= 6) {
    await insert(
      ledger,
      'payees',
      PAYEES.map(name => [payeeId(name), name]),
    );
  }
  if (level >= 8) {
    await insert(ledger, 'budget_categories', [
      [2, 2, 'card', 'card_payment', 2],
      [3, 1, 'Food', 'spending', null],
    ]);
  }
  await insert(
    ledger,
    `transactions (${names(
      'id, account_id, booked_on, amount_minor, memo',
      level >= 6 ? 'payee_id' : 'payee',
      level >= 3 && 'status',
      level === 8 && 'category_id',
    )})`,
    facts.map(one => [
      one.id,
      one.account,
      one.date,
      one.amount,
      one.memo,
      level >= 6 ? payeeId(one.payee) : spelled(one),
      ...since(3, one.status),
      ...(level === 8 ? [3] : []),
    ]),
  );
  if (level >= 9) {
    await insert(
      ledger,
      'transaction_splits (transaction_id, position, category_id, amount_minor)',
      facts.map(one => [one.id, 1, 3, one.amount]),
    );
  }
}

const sumOf = (chosen: readonly Fact[]): number =>
  chosen.reduce((sum, one) => sum + one.amount, 0);
const byAccount = (chosen: readonly Fact[]) =>
  accounts.map(({ id }) => chosen.filter(one => one.account === id));

describe('the migrations', () => {
  describe.each(Array.from({ length: HEAD }, (_, index) => index + 1))(
    'when data was written at level %i',
    level => {
      let ledger: TestLedger;
      beforeAll(async () => {
        ledger = await TestLedger.open(level);
        await writeFacts(ledger, level);
        await ledger.migrate(HEAD);
        await ledger.rebuildCaches();
      });
      afterAll(() => ledger.close());

      it('keep what was booked, to whom and what for', async () => {
        const read = await ledger.rows(`
          SELECT transactions.id, account_id AS account, booked_on AS date, amount_minor AS amount,
            payees.name AS payee, memo, status
          FROM transactions JOIN payees ON payees.id = payee_id ORDER BY transactions.id`);
        const expected = facts.map(one => ({
          ...one,
          status: level >= 3 ? one.status : 'uncleared',
        }));
        expect(read).toHaveLength(COUNT);
        // The first few: nobody reads the difference of thousands.
        expect(
          read
            .filter((row, index) => !isDeepStrictEqual(row, expected[index]))
            .slice(0, 3),
        ).toEqual([]);
      });

      it('keep the balances, and which accounts the budget counts', async () => {
        expect(
          await ledger.rows(
            'SELECT id, kind, on_budget AS onBudget, current_balance_minor AS balance FROM accounts ORDER BY id',
          ),
        ).toEqual(
          accounts.map((one, index) => ({
            ...one,
            balance: sumOf(byAccount(facts)[index]),
          })),
        );
        expect(
          await ledger.rows(
            'SELECT net_worth_minor FROM net_worth ORDER BY month DESC LIMIT 1',
          ),
        ).toEqual([{ net_worth_minor: sumOf(facts) }]);
      });

      it('keep the categories, or leave all to ready to assign', async () => {
        const [{ food }] = await ledger.rows(
          'SELECT coalesce(sum(amount_minor), 0) AS food FROM transaction_splits WHERE category_id = 3',
        );
        expect(food).toBe(level >= 8 ? sumOf(facts) : 0);
        expect(
          await ledger.rows(
            "SELECT account_id FROM budget_categories WHERE kind = 'card_payment'",
          ),
        ).toEqual([{ account_id: 2 }]);
      });

      it('derive keys, tags and reconciliations from what was there', async () => {
        const [found] = await ledger.rows(`
          SELECT
            (SELECT count(import_key) FROM transactions) AS keys,
            (SELECT count(*) FROM transaction_tags) AS tagged,
            (SELECT list(statement_balance_minor ORDER BY account_id)::VARCHAR FROM reconciliations) AS agreed,
            (SELECT count(cleared_on) FROM transactions) AS cleared`);
        const withStatus = level >= 3 && level < 14;
        const agreed = byAccount(
          facts.filter(one => one.status === 'reconciled'),
        ).map(sumOf);
        expect(found).toEqual({
          keys: level < 12 ? COUNT : 0,
          tagged: level < 13 ? 2 * facts.filter(one => one.memo).length : 0,
          agreed: withStatus ? `[${agreed.join(', ')}]` : null,
          cleared: withStatus
            ? facts.filter(one => one.status !== 'uncleared').length
            : 0,
        });
      });
    },
  );
});

describe('the cache rebuilds', () => {
  it('run on every level from the one that makes their table', async () => {
    const since = [4, 10];
    const ledger = await TestLedger.open(0);
    for (let level = 1; level <= HEAD; level += 1) {
      await ledger.migrate(level);
      for (const [index, file] of readCacheRebuilds().entries()) {
        const ran = await ledger.run(file.sql).then(
          () => true,
          () => false,
        );
        expect([file.name, level, ran]).toEqual([
          file.name,
          level,
          level >= since[index],
        ]);
      }
    }
    ledger.close();
  });
});
