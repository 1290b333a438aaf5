import {
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

/** Reports and imports, a page, and a place in the catalog. */
export default [
  commit(mira, 'feat(reports): net worth by day (#20)', {
    'src/ledger/reports.py': write(`
"""Reports: what the accounts add up to."""

from collections.abc import Iterable

from ledger.accounts.domain import Account


def net_worth(accounts: Iterable[Account]) -> int:
    """In minor units, of accounts in one currency."""
    return sum(account.balance_minor for account in accounts)
`),
    ...migrations('0011_net_worth'),
  }),
  commit(priya, 'feat(import): read bank statements as CSV (#21)', {
    'src/ledger/imports.py': write(`
"""Imports: statements as the banks write them."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal


def read_statement(data: bytes) -> Iterator[tuple[str, int]]:
    """Payee and amount in minor units of each row."""
    for row in csv.DictReader(io.StringIO(data.decode("utf-8"))):
        yield row["payee"], int(Decimal(row["amount"]) * 100)
`),
    ...migrations('0012_imports'),
  }),
  commit(priya, 'fix(import): keep umlauts of windows-1252 statements (#22)', {
    'src/ledger/imports.py': text =>
      [
        replace('data.decode("utf-8")', 'decode(data)'),
        replace(
          'def read_statement',
          `def decode(data: bytes) -> str:
    """UTF-8, else what older programs of banks write."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("windows-1252")


def read_statement`,
        ),
      ].reduce((edited, edit) => edit(edited), text),
  }),
  commit(jonas, 'style: no space in the required Python', {
    'pyproject.toml': replace('">= 3.11"', '">=3.11"'),
  }),
  commit(jonas, 'build: pin the machine of the tests', {
    ...ledger('.github/workflows/ci.yml'),
  }),
  commit(mira, 'build: the page and the service in one image', {
    ...ledger('flake.', 'frontend/', 'scripts/build-frontend'),
  }),
  commit(mira, 'feat(api): list the accounts (#25)', {
    ...ledger('src/ledger/core/app.py'),
  }),
  commit(priya, 'docs: explain the import', {
    'docs/import.md': write(`
# Import

Statements are CSV files with the columns \`payee\` and \`amount\`.
`),
  }),
  commit(mira, 'fix(reports): leave out accounts that are not ours (#27)', {
    'src/ledger/reports.py': replace(
      'for account in accounts)',
      'for account in accounts if account.kind != "credit")',
    ),
  }),
  commit(
    mira,
    'chore(storage): room for tags and reconciliation\n\nThe schema goes first, so that either release runs on it.',
    {
      ...migrations('0013_tags', '0014_reconciliation'),
    },
  ),
  commit(jonas, 'feat(storage): list what must never be in a ledger (#28)', {
    ...migrations('0015_integrity'),
  }),
  commit(mira, 'chore(catalog): an entry in the developer portal', {
    ...ledger('catalog-info.yaml'),
  }),
  release(
    mira,
    '0.3.0',
    `
### Features

- **reports:** net worth by day (#20)
- **import:** read bank statements as CSV (#21)
- **api:** list the accounts (#25)
- **storage:** list what must never be in a ledger (#28)

### Fixes

- **import:** keep umlauts of windows-1252 statements (#22)
- **reports:** leave out accounts that are not ours (#27)
`,
  ),
];
