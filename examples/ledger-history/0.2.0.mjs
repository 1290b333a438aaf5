import { unpaged } from './0.1.0.mjs';
import {
  before,
  commit,
  jonas,
  ledger,
  migrations,
  mira,
  priya,
  release,
  replace,
  write,
} from './commit.mjs';

const app = 'src/ledger/core/app.py';

/** Transfers and budgets. */
export default [
  commit(
    jonas,
    'feat(payees): one payee for all spellings (#13)\n\nWho reads transactions.payee cannot run on the new schema.',
    {
      ...before('src/ledger/transactions/queries.py', ...unpaged()),
      ...migrations('0006_payees'),
    },
  ),
  commit(priya, 'feat(transfers): move money between two accounts (#11)', {
    'src/ledger/transfers.py': write(`
"""Transfers: the two bookings that everybody makes."""


def transfer(source: int, target: int, amount_minor: int) -> dict[int, int]:
    """What is booked on which account; it sums to nothing."""
    return {source: -amount_minor, target: amount_minor}
`),
    ...migrations('0007_transfers'),
  }),
  commit(jonas, 'fix(money): keep the sign of amounts below one (#12)', {
    ...ledger('src/ledger/core/money.py'),
  }),
  commit(mira, 'refactor(accounts): name the kinds of accounts', {
    ...ledger('src/ledger/accounts/domain.py'),
  }),
  commit(priya, 'docs(readme): show a first transaction', {
    'docs/first-transaction.md': write(`
# A first transaction

    curl -X POST -H 'content-type: application/json' \\
      -d '{"accountId": 1, "amountMinor": -90000, "payee": "Landlady"}' http://127.0.0.1:8000/api/transactions
`),
  }),
  commit(priya, 'feat(budgets): budget categories by month (#14)', {
    ...ledger(
      'src/ledger/budget/__init__.py',
      'src/ledger/budget/categories.py',
      'src/ledger/budget/domain.py',
    ),
    ...migrations('0008_budget'),
  }),
  commit(
    jonas,
    'perf(transactions): read the page that was asked for (#15)\n\nA page of an account with 40,000 bookings took 310 ms, now 4 ms.',
    { ...ledger('src/ledger/transactions/queries.py') },
  ),
  commit(priya, 'feat(transactions): several categories for one (#18)', {
    ...migrations('0009_splits'),
  }),
  commit(priya, 'feat(budgets): the state of each month (#19)', {
    ...ledger('src/ledger/budget/queries.py', 'src/ledger/budget/routes.py'),
    [app]: replace(
      'from ..transactions.routes',
      'from ..budget.routes import router as budget\nfrom ..transactions.routes',
    ),
    ...migrations(
      '0010_monthly_budget',
      'caches/budget_category_monthly_state',
    ),
  }),
  commit(priya, 'test(budgets): carry over what is left', {
    ...ledger('tests/integration/budget/'),
  }),
  commit(jonas, 'chore(deps): uvicorn 0.35', {
    'requirements-dev.txt': replace(/^uvicorn==.*$/m, 'uvicorn==0.35.0'),
  }),
  commit(
    mira,
    'fix(api): answer 404 with a body (#17)\n\nCloses #16\nReviewed-by: Jonas Weber <jonas@example.com>',
    {
      ...before(
        app,
        ['from ..accounts.routes import router as accounts\n', ''],
        ['    app.include_router(accounts)\n', ''],
      ),
    },
  ),
  release(
    mira,
    '0.2.0',
    `
### Features

- **payees:** one payee for all spellings (#13)
- **transfers:** move money between two accounts (#11)
- **budgets:** budget categories by month (#14)
- **transactions:** several categories for one (#18)
- **budgets:** the state of each month (#19)

### Fixes

- **money:** keep the sign of amounts below one (#12)
- **api:** answer 404 with a body (#17)

### Performance

- **transactions:** read the page that was asked for (#15)
`,
  ),
];
