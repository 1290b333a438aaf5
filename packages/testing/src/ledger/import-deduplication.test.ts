import fc from 'fast-check';
import { toDate } from './book';
import { TestLedger } from './test-ledger';
import { insert } from './write-book';

const seed = 20261122;
const numRuns = 40;

jest.setTimeout(120_000);

interface StatementRow {
  readonly day: number;
  readonly amountMinor: number;
  readonly payee: string;
  readonly externalId: string | null;
}

interface Statement {
  readonly accountId: number;
  readonly rows: readonly StatementRow[];
}

/** So few values that rows are often equal, within a statement and between two. */
const statement: fc.Arbitrary<Statement> = fc.record({
  accountId: fc.constantFrom(1, 2),
  rows: fc.array(
    fc.record({
      day: fc.integer({ min: 1, max: 2 }),
      amountMinor: fc.constantFrom(-250, -300),
      payee: fc.constantFrom('Café', 'café ', 'Kiosk'),
      externalId: fc.option(fc.constantFrom('a', 'b', 'c'), { freq: 2 }),
    }),
    { maxLength: 8 },
  ),
});

/** As the service imports: what has a key already is left out. Returns how many transactions are new. */
async function importStatement(
  ledger: TestLedger,
  id: number,
  { accountId, rows }: Statement,
): Promise<number> {
  const count = async () =>
    Number((await ledger.rows('SELECT count(*) AS n FROM transactions'))[0].n);
  const before = await count();
  await insert(ledger, 'imports', [[id, accountId, `${id}.csv`, toDate(0)]]);
  await insert(
    ledger,
    'import_rows',
    rows.map((row, index) => [
      id,
      index + 1,
      toDate(0, row.day),
      row.amountMinor,
      row.payee,
      row.externalId,
    ]),
  );
  await ledger.run(`
    INSERT INTO transactions (id, account_id, booked_on, amount_minor, import_key)
    SELECT
      (SELECT coalesce(max(id), 0) FROM transactions) + row_number() OVER (ORDER BY line),
      account_id, booked_on, amount_minor, import_key
    FROM import_row_keys JOIN import_rows USING (import_id, line)
    WHERE import_id = ${id}
    ON CONFLICT DO NOTHING`);
  return (await count()) - before;
}

/** What two rows without an id of the bank's are compared by. */
const toFacts = (accountId: number, row: StatementRow): string =>
  [accountId, row.day, row.amountMinor, row.payee.trim().toLowerCase()].join();

/** Each id of an account once; of equal rows without one, as many as the statement with the most of them has. */
function expectedCount(statements: readonly Statement[]): number {
  const ids = new Set<string>();
  const most = new Map<string, number>();
  for (const { accountId, rows } of statements) {
    const here = new Map<string, number>();
    for (const row of rows) {
      if (row.externalId === null) {
        const facts = toFacts(accountId, row);
        here.set(facts, (here.get(facts) ?? 0) + 1);
      } else {
        ids.add(`${accountId} ${row.externalId}`);
      }
    }
    for (const [facts, count] of here) {
      most.set(facts, Math.max(count, most.get(facts) ?? 0));
    }
  }
  return ids.size + sum([...most.values()]);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

describe('importing statements', () => {
  describe('when they overlap, repeat and hold equal rows', () => {
    let ledger: TestLedger;
    beforeAll(async () => {
      ledger = await TestLedger.open();
    });
    afterAll(() => ledger.close());

    it('books each row once, in whatever order they come', () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(statement, { minLength: 1, maxLength: 4 }),
          fc.array(fc.nat(), { maxLength: 4 }),
          async (statements, again) => {
            await ledger.empty();
            const repeated = again.map(
              nth => statements[nth % statements.length],
            );
            const added: number[] = [];
            for (const one of [...statements, ...repeated]) {
              added.push(await importStatement(ledger, added.length + 1, one));
            }
            expect(sum(added)).toBe(expectedCount(statements));
            expect(sum(added.slice(statements.length))).toBe(0);
          },
        ),
        { seed, numRuns },
      ));
  });

  describe('when the rows were typed in before there were imports', () => {
    it('books only what is new', async () => {
      const ledger = await TestLedger.open(11);
      await ledger.run(
        "INSERT INTO accounts (id, name, kind, on_budget) VALUES (1, 'Giro', 'checking', true), (2, 'Wallet', 'cash', true)",
      );
      await insert(ledger, 'payees', [[1, 'Café']]);
      await insert(
        ledger,
        'transactions (id, account_id, booked_on, amount_minor, payee_id)',
        [
          [1, 1, toDate(0, 1), -250, 1],
          [2, 1, toDate(0, 1), -250, 1],
          [3, 2, toDate(0, 1), -250, 1],
        ],
      );
      await ledger.migrate(15);

      const coffee = {
        day: 1,
        amountMinor: -250,
        payee: 'CAFÉ',
        externalId: null,
      };
      const known = { accountId: 1, rows: [coffee, coffee] };
      expect(await importStatement(ledger, 1, known)).toBe(0);
      const more = { accountId: 1, rows: [coffee, coffee, coffee] };
      expect(await importStatement(ledger, 2, more)).toBe(1);
      ledger.close();
    });
  });
});
