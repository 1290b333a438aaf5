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

/** Reports and imports, and a place in the catalog. */
export default [
  commit(mira, 'feat(reports): net worth by day (#20)', {
    'src/ledger/reports.py': write(`
"""Reports: what the lines add up to."""

from collections.abc import Iterable

from ledger.transactions import Line


def net_worth(lines: Iterable[Line]) -> int:
    return sum(line.amount for line in lines)
`),
    ...migrations('0011_net_worth'),
  }),
  commit(priya, 'feat(import): read bank statements as CSV (#21)', {
    'src/ledger/imports.py': write(`
"""Imports: statements as the banks write them."""

import csv
import io

from ledger.money import parse_amount
from ledger.transfers import transfer


def read_statement(data: bytes, account: str):
    for row in csv.DictReader(io.StringIO(data.decode("utf-8"))):
        yield transfer(row["payee"], account, parse_amount(row["amount"]))
`),
    ...migrations('0012_imports'),
  }),
  commit(priya, 'fix(import): keep umlauts of windows-1252 statements (#22)', {
    'src/ledger/imports.py': replace(
      'def read_statement(data: bytes, account: str):\n    for row in csv.DictReader(io.StringIO(data.decode("utf-8"))):',
      'def decode(data: bytes) -> str:\n    try:\n        return data.decode("utf-8")\n    except UnicodeDecodeError:\n        return data.decode("windows-1252")\n\n\ndef read_statement(data: bytes, account: str):\n    for row in csv.DictReader(io.StringIO(decode(data))):',
    ),
  }),
  commit(jonas, 'style: a space in the required Python', {
    'pyproject.toml': replace('">=3.11"', '">= 3.11"'),
  }),
  commit(jonas, 'build: pin the Python of the tests', {
    '.github/workflows/ci.yml': replace(
      '      - run: pip',
      '      - uses: actions/setup-python@v6\n        with: { python-version: "3.12" }\n      - run: pip',
    ),
  }),
  commit(mira, 'feat(api): list the accounts (#25)', {
    'src/ledger/app.py': write(`
"""The HTTP service."""

import json

from ledger.accounts import Accounts

PROBES = ("/healthz", "/readyz")


def answer(accounts: Accounts, path: str) -> tuple[int, bytes]:
    if path in PROBES:
        return 200, b"ok"
    if path == "/accounts":
        return 200, json.dumps([a.name for a in accounts.list()]).encode()
    return 404, b"not found"


def create_app(accounts: Accounts | None = None):
    accounts = accounts or Accounts()

    async def application(scope, receive, send):
        status, body = answer(accounts, scope["path"])
        await send({"type": "http.response.start", "status": status})
        await send({"type": "http.response.body", "body": body})

    return application
`),
  }),
  commit(priya, 'docs: explain the import', {
    'README.md': append(`
## Import

Statements are CSV files with the columns \`payee\` and \`amount\`.
`),
  }),
  commit(mira, 'fix(reports): leave out accounts that are not ours (#27)', {
    'src/ledger/reports.py': replace(
      'def net_worth(lines: Iterable[Line]) -> int:\n    return sum(line.amount for line in lines)',
      'def net_worth(lines: Iterable[Line], accounts: set[str]) -> int:\n    return sum(line.amount for line in lines if line.account in accounts)',
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
    'catalog-info.yaml': write(`
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ledger
  title: Ledger
  description: Double-entry accounts and transactions on one embedded database
  tags: [python, duckdb]
  annotations:
    dojo/repository: file:ledger.git
spec:
  type: service
  lifecycle: production
  owner: group:default/accounting
  system: bookkeeping
`),
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
