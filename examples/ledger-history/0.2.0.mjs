import {
  append,
  commit,
  jonas,
  migrations,
  mira,
  priya,
  release,
  replace,
  write,
} from './commit.mjs';

/** Transfers and budgets. */
export default [
  commit(
    jonas,
    'feat(payees): one payee for all spellings (#13)\n\nWho reads transactions.payee cannot run on the new schema.',
    {
      'src/ledger/payees.py': write(`
"""Payees: who was paid, however it was spelled."""


def same_payee(one: str, other: str) -> bool:
    return one.strip().lower() == other.strip().lower()
`),
      ...migrations('0006_payees'),
    },
  ),
  commit(priya, 'feat(transfers): move money between two accounts (#11)', {
    'src/ledger/transfers.py': write(`
"""Transfers: the transaction everybody makes."""

from ledger.transactions import Line, Transaction


def transfer(source: str, target: str, amount: int) -> Transaction:
    return Transaction(
        f"{source} to {target}", (Line(source, -amount), Line(target, amount))
    )
`),
    ...migrations('0007_transfers'),
  }),
  commit(jonas, 'fix(money): keep the sign of amounts below one (#12)', {
    'src/ledger/money.py': replace(
      'sign = -1 if whole.startswith("-") else 1',
      'sign = -1 if text.lstrip().startswith("-") else 1',
    ),
  }),
  commit(mira, 'refactor(accounts): name the kinds of accounts', {
    'src/ledger/accounts.py': replace(
      '    currency: str = "EUR"\n',
      '    currency: str = "EUR"\n    kind: str = "checking"  # savings, cash, credit, loan, investment\n',
    ),
  }),
  commit(priya, 'docs(readme): show a first transaction', {
    'README.md': append(`
## A first transaction

    Transaction("rent", (Line("bank", -90000), Line("rent", 90000)))
`),
  }),
  commit(priya, 'feat(budgets): budget categories by month (#14)', {
    'src/ledger/budgets.py': write(`
"""Budgets: what may be spent on what, month by month."""


def available(assigned: int, activity: int, carried_over: int = 0) -> int:
    return carried_over + assigned + activity
`),
    ...migrations('0008_budget'),
  }),
  commit(
    jonas,
    'perf(transactions): sum the lines once (#15)\n\nA statement of 40,000 lines took 1.9 s, now 1.1 s.',
    {
      'src/ledger/transactions.py': replace(
        '        if sum(line.amount for line in self.lines) != 0:\n            raise ValueError(f"{self.text} is not balanced")',
        '        difference = sum(line.amount for line in self.lines)\n        if difference:\n            raise ValueError(f"{self.text} is not balanced, {difference} is left")',
      ),
    },
  ),
  commit(priya, 'feat(transactions): several categories for one (#18)', {
    ...migrations('0009_splits'),
  }),
  commit(priya, 'feat(budgets): the state of each month (#19)', {
    ...migrations(
      '0010_monthly_budget',
      'caches/budget_category_monthly_state',
    ),
  }),
  commit(priya, 'test(budgets): carry over what is left', {
    'tests/test_budgets.py': write(`
from ledger.budgets import available


def test_carries_over_what_is_left():
    assert available(assigned=1000, activity=-400, carried_over=50) == 650
`),
  }),
  commit(jonas, 'chore(deps): uvicorn 0.35', {
    'pyproject.toml': replace('uvicorn>=0.34', 'uvicorn>=0.35'),
  }),
  commit(
    mira,
    'fix(api): answer 404 with a body (#17)\n\nCloses #16\nReviewed-by: Jonas Weber <jonas@example.com>',
    {
      'src/ledger/app.py': replace('else b""', 'else b"not found"'),
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

- **transactions:** sum the lines once (#15)
`,
  ),
];
