import {
  append,
  commit,
  jonas,
  manifests,
  migrations,
  mira,
  release,
  replace,
  write,
} from './commit.mjs';

/** From an empty folder to balanced transactions. */
export default [
  commit(mira, 'chore: lay out the project', {
    'pyproject.toml': write(`
# The service's one version: dojo release writes it, nobody else does.
[project]
name = "ledger"
version = "0.0.0"
description = "Double-entry accounts and transactions on one embedded database"
requires-python = ">=3.11"
dependencies = []

[tool.pytest.ini_options]
testpaths = ["tests"] # hypothesis profiles: tests/conftest.py
`),
    'package.json': write(`
{
  "name": "ledger-tooling",
  "version": "0.0.0",
  "private": true,
  "description": "Formatting and link checks of the documentation",
  "scripts": {
    "check": "prettier --check README.md docs"
  }
}
`),
    'CHANGELOG.md': write('# Changelog\n'),
    'README.md': write(`
# Ledger

Accounts and transactions, kept balanced.
`),
    'src/ledger/__init__.py': write('"""Double-entry bookkeeping."""\n'),
  }),
  commit(jonas, 'feat(accounts): open and list accounts (#2)', {
    'src/ledger/accounts.py': write(`
"""Accounts: where money is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Account:
    name: str
    currency: str = "EUR"


class Accounts:
    def __init__(self) -> None:
        self._by_name: dict[str, Account] = {}

    def open(self, account: Account) -> None:
        if account.name in self._by_name:
            raise ValueError(f"account {account.name} is open already")
        self._by_name[account.name] = account

    def list(self) -> list[Account]:
        return sorted(self._by_name.values(), key=lambda account: account.name)
`),
  }),
  commit(mira, 'feat(transactions): post balanced transactions (#3)', {
    'src/ledger/transactions.py': write(`
"""Transactions: lines that sum to nothing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    account: str
    amount: int


@dataclass(frozen=True)
class Transaction:
    text: str
    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        if sum(line.amount for line in self.lines) != 0:
            raise ValueError(f"{self.text} is not balanced")
`),
    'pyproject.toml': replace(
      'dependencies = []',
      'dependencies = ["duckdb>=1.3"]',
    ),
    ...migrations('0001_core'),
  }),
  commit(mira, 'test: reject an unbalanced transaction', {
    'tests/test_transactions.py': write(`
import pytest

from ledger.transactions import Line, Transaction


def test_rejects_an_unbalanced_transaction():
    with pytest.raises(ValueError, match="not balanced"):
        Transaction("rent", (Line("bank", -900),))
`),
  }),
  commit(jonas, 'docs: say how to run the service (#4)', {
    'README.md': append(`
## Run

    python -m uvicorn ledger.app:create_app --factory --port 8000
`),
  }),
  commit(jonas, 'feat(money): amounts in minor units (#5)', {
    'src/ledger/money.py': write(`
"""Money in minor units: 1234 is 12.34 EUR."""


def parse_amount(text: str) -> int:
    whole, _, cents = text.partition(".")
    sign = -1 if whole.startswith("-") else 1
    return int(whole) * 100 + sign * int((cents + "00")[:2])
`),
  }),
  commit(
    mira,
    'fix(transactions): refuse a transaction without lines (#7)\n\nAn empty sum is zero, so that it passed as balanced.\n\nCloses #6',
    {
      'src/ledger/transactions.py': replace(
        '        if sum(',
        '        if not self.lines:\n            raise ValueError(f"{self.text} has no lines")\n        if sum(',
      ),
    },
  ),
  commit(jonas, 'feat(accounts): take accounts on and off budget (#9)', {
    'src/ledger/accounts.py': replace(
      '    currency: str = "EUR"\n',
      '    currency: str = "EUR"\n    on_budget: bool = True\n',
    ),
    ...migrations('0002_account_lifecycle'),
  }),
  commit(mira, 'chore(storage): room for what the bank has confirmed', {
    ...migrations('0003_cleared'),
  }),
  commit(
    mira,
    'perf(accounts): keep the balances (#10)\n\nThe list of accounts read every transaction.',
    {
      ...migrations('0004_balances', '0005_indexes', 'caches/accounts'),
    },
  ),
  commit(jonas, 'ci: run the tests on every push', {
    '.github/workflows/ci.yml': write(`
on: [push]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: pip install -e . pytest && pytest
`),
  }),
  commit(mira, 'feat(api): health and readiness probes (#8)', {
    'src/ledger/app.py': write(`
"""The HTTP service."""


async def application(scope, receive, send):
    ready = scope["path"] in ("/healthz", "/readyz")
    await send({"type": "http.response.start", "status": 200 if ready else 404})
    await send({"type": "http.response.body", "body": b"ok" if ready else b""})


def create_app():
    return application
`),
    'pyproject.toml': replace(
      '["duckdb>=1.3"]',
      '["duckdb>=1.3", "uvicorn>=0.34"]',
    ),
    ...manifests(),
  }),
  release(
    mira,
    '0.1.0',
    `
### Features

- **accounts:** open and list accounts (#2)
- **transactions:** post balanced transactions (#3)
- **money:** amounts in minor units (#5)
- **accounts:** take accounts on and off budget (#9)
- **api:** health and readiness probes (#8)

### Fixes

- **transactions:** refuse a transaction without lines (#7)

### Performance

- **accounts:** keep the balances (#10)
`,
  ),
];
