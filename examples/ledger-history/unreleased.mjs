import {
  append,
  commit,
  jonas,
  mira,
  priya,
  replace,
  revert,
  write,
} from './commit.mjs';

const spreadsheet = commit(
  jonas,
  'feat(reports): net worth as a spreadsheet (#35)',
  {
    'src/ledger/reports.py': append(`

def as_spreadsheet(days: dict[str, int]) -> str:
    return "\\n".join(f"{day};{amount}" for day, amount in days.items())
`),
  },
);

/** What the next release brings: a breaking change, so that 0.3.0 becomes 0.4.0. */
export default [
  commit(priya, 'feat(reconciliation): mark transactions as cleared (#29)', {
    'src/ledger/reconciliation.py': write(`
"""Reconciliation: what the bank has confirmed."""


def difference(cleared: list[int], statement: int) -> int:
    return statement - sum(cleared)
`),
  }),
  commit(priya, 'docs: describe what cleared means', {
    'README.md': append(`
## Cleared

A transaction is cleared when it stands on the bank's statement.
`),
  }),
  commit(
    jonas,
    'fix(transfers): refuse a transfer to the same account (#31)\n\nCloses #30',
    {
      'src/ledger/transfers.py': replace(
        '    return Transaction(',
        '    if source == target:\n        raise ValueError(f"{source} cannot be paid by itself")\n    return Transaction(',
      ),
    },
  ),
  commit(mira, 'feat(tags): tag transactions (#32)', {
    'src/ledger/transactions.py': replace(
      '    lines: tuple[Line, ...]\n',
      '    lines: tuple[Line, ...]\n    tags: frozenset[str] = frozenset()\n',
    ),
  }),
  commit(jonas, 'chore(deps): uvicorn 0.37', {
    'pyproject.toml': replace('uvicorn>=0.35', 'uvicorn>=0.37'),
  }),
  spreadsheet,
  commit(
    jonas,
    'perf(reports): read no lines where there are no accounts (#34)',
    {
      'src/ledger/reports.py': replace(
        '    return sum(',
        '    if not accounts:\n        return 0\n    return sum(',
      ),
    },
  ),
  revert(mira, spreadsheet, {
    'src/ledger/reports.py': before =>
      before.slice(0, before.indexOf('\n\ndef as_spreadsheet')),
  }),
  commit(jonas, 'Tidy up after the demo', {
    'README.md': replace(
      'Accounts and transactions, kept balanced.',
      'Accounts and transactions, always balanced.',
    ),
  }),
  commit(
    mira,
    'feat(api)!: accounts are objects (#38)\n\nA name alone left no room for the currency.\n\nBREAKING CHANGE: GET /accounts answers objects with name, kind and currency\n instead of names.',
    {
      'src/ledger/app.py': replace(
        '[a.name for a in accounts.list()]',
        '[asdict(a) for a in accounts.list()]',
      ),
    },
  ),
  commit(mira, 'fix(api): import asdict (#39)\n\nCloses #37', {
    'src/ledger/app.py': replace(
      'import json\n',
      'import json\nfrom dataclasses import asdict\n',
    ),
  }),
  commit(priya, 'test(transfers): a transfer to the same account', {
    'tests/test_transfers.py': write(`
import pytest

from ledger.transfers import transfer


def test_refuses_a_transfer_to_the_same_account():
    with pytest.raises(ValueError, match="paid by itself"):
        transfer("bank", "bank", 100)
`),
  }),
];
