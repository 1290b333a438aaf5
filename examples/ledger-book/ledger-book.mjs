import { MONTHS, entries, isoDate } from './entries.mjs';
import {
  DEPOT,
  GIRO,
  HOLIDAY_TAG,
  LOAN,
  SAVINGS,
  VISA,
  VISA_PAYMENT,
  WALLET,
  categories,
} from './household.mjs';

/** Statements were agreed up to here, and came in up to there. */
const RECONCILED_UNTIL = '2026-08-31';
const CLEARED_UNTIL = '2026-10-20';

/** The columns in which the rows of each table are given. */
export const columns = {
  accounts: 'id, name, kind, on_budget, opened_on',
  payees: 'id, name',
  budget_groups: 'id, name, position',
  budget_categories: 'id, group_id, name, kind, account_id',
  budget_allocations: 'month, category_id, budgeted_minor',
  tags: 'id, name',
  imports: 'id, account_id, file_name, imported_on',
  import_rows: 'import_id, line, booked_on, amount_minor, payee, external_id',
  transactions:
    'id, account_id, booked_on, amount_minor, memo, payee_id, transfer_id, status, import_key',
  transaction_splits: 'transaction_id, position, category_id, amount_minor',
  transaction_tags: 'transaction_id, tag_id',
};

const statusOf = date => {
  if (date <= RECONCILED_UNTIL) return 'reconciled';
  return date <= CLEARED_UNTIL ? 'cleared' : 'uncleared';
};

/**
 * Two years of a household, as rows of the ledger's tables at level 0013 by the name of the table: the same on every
 * machine. Amounts are in minor units.
 */
export function ledgerBook() {
  const booked = entries();
  const payees = [...new Set(booked.map(one => one.payee))].filter(Boolean);
  const months = Array.from({ length: MONTHS }, (_, month) => month);
  // The statements of the last three months came as files.
  const imports = [MONTHS - 3, MONTHS - 2, MONTHS - 1].map((month, index) => ({
    id: index + 1,
    month: isoDate(month, 1).slice(0, 7),
    on: isoDate(month + 1, 1),
  }));
  const importOf = one =>
    one.account === GIRO
      ? imports.find(({ month }) => one.date.startsWith(month))
      : undefined;
  const imported = imports.flatMap(statement =>
    booked
      .filter(one => importOf(one) === statement)
      .map((one, index) => ({ ...one, statement, line: index + 1 })),
  );
  const externalId = one => `G${String(one.id).padStart(8, '0')}`;

  return {
    accounts: [
      [GIRO, 'Giro', 'checking', true],
      [SAVINGS, 'Savings', 'savings', true],
      [WALLET, 'Wallet', 'cash', true],
      [VISA, 'Visa', 'credit', true],
      [LOAN, 'House loan', 'loan', false],
      [DEPOT, 'Depot', 'investment', false],
    ].map(account => [...account, isoDate(0, 1)]),
    payees: payees.map((name, index) => [index + 1, name]),
    budget_groups: [
      [3, 'Fixed', 3],
      [4, 'Everyday', 4],
      [5, 'Now and then', 5],
    ],
    budget_categories: [
      [VISA_PAYMENT, 2, 'Visa', 'card_payment', VISA],
      ...categories.map(([id, group, name]) => [
        id,
        group,
        name,
        'spending',
        null,
      ]),
    ],
    budget_allocations: months.flatMap(month => [
      // The debt that the card began with is paid off in the first months.
      ...(month < 3 ? [[isoDate(month, 1), VISA_PAYMENT, 13_760]] : []),
      ...categories.map(([id, , , amount]) => [isoDate(month, 1), id, amount]),
    ]),
    tags: [[HOLIDAY_TAG, 'holiday']],
    imports: imports.map(({ id, month, on }) => [
      id,
      GIRO,
      `giro-${month}.csv`,
      on,
    ]),
    import_rows: imported.map(one => [
      one.statement.id,
      one.line,
      one.date,
      one.amount,
      one.payee ?? 'Transfer',
      externalId(one),
    ]),
    transactions: booked.map(one => [
      one.id,
      one.account,
      one.date,
      one.amount,
      one.memo ?? null,
      one.payee ? payees.indexOf(one.payee) + 1 : null,
      one.transfer ?? null,
      statusOf(one.date),
      importOf(one) ? `id ${externalId(one)}` : null,
    ]),
    transaction_splits: booked.flatMap(({ id, splits }) =>
      splits.map(([category, amount], index) => [
        id,
        index + 1,
        category,
        amount,
      ]),
    ),
    transaction_tags: booked
      .filter(one => one.tag)
      .map(one => [one.id, one.tag]),
  };
}
