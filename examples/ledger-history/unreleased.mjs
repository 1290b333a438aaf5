import {
  append,
  before,
  commit,
  jonas,
  ledger,
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
    """A day a line."""
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
    """What the statement has and the ledger has not, in minor units."""
    return statement - sum(cleared)
`),
  }),
  commit(priya, 'docs: describe what cleared means', {
    'docs/cleared.md': write(`
# Cleared

A transaction is cleared when it stands on the bank's statement.
`),
  }),
  commit(
    jonas,
    'fix(transfers): refuse a transfer to the same account (#31)\n\nCloses #30',
    {
      'src/ledger/transfers.py': replace(
        '    return {',
        '    if source == target:\n        raise ValueError(f"{source} cannot be paid by itself")\n    return {',
      ),
    },
  ),
  commit(mira, 'feat(tags): tag transactions (#32)', {
    'src/ledger/tags.py': write(`
"""Tags: what belongs together, whatever its category."""


def normal_tag(text: str) -> str:
    """A tag is written in one way: #Summer and summer are the same."""
    return text.strip().removeprefix("#").lower()
`),
  }),
  commit(jonas, 'chore(deps): the newest uvicorn', {
    ...ledger('requirements-dev.txt'),
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
    'src/ledger/reports.py': text =>
      text.slice(0, text.indexOf('\n\ndef as_spreadsheet')),
  }),
  commit(jonas, 'Tidy up after the demo', {
    ...ledger('README.md'),
  }),
  commit(
    mira,
    'feat(api)!: accounts are objects (#38)\n\nA name alone left no room for the currency.\n\nBREAKING CHANGE: GET /accounts answers objects with name, kind and currency\n instead of names.',
    {
      ...before('src/ledger/accounts/routes.py', [
        'import Account, Kind',
        'import Kind',
      ]),
    },
  ),
  commit(mira, 'fix(api): import Account (#39)\n\nCloses #37', {
    ...ledger('src/ledger/accounts/routes.py'),
  }),
  commit(priya, 'test(transfers): a transfer to the same account', {
    'tests/unit/test_transfers.py': write(`
import pytest
from ledger.transfers import transfer


def test_refuses_a_transfer_to_the_same_account():
    with pytest.raises(ValueError, match="paid by itself"):
        transfer(1, 1, 100)
`),
  }),
];
