import {
  before,
  commit,
  jonas,
  ledger,
  migrations,
  mira,
  release,
  write,
} from './commit.mjs';

const app = 'src/ledger/core/app.py';
const domain = 'src/ledger/accounts/domain.py';
const money = 'src/ledger/core/money.py';
const queries = 'src/ledger/transactions/queries.py';
const routes = 'src/ledger/accounts/routes.py';

/** From an empty folder to transactions that add up. */
export default [
  commit(mira, 'chore: lay out the project', {
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
    ...before('README.md', [
      'Double-entry accounts and transactions on one embedded database',
      'Accounts and transactions on one embedded database',
    ]),
    ...before('pyproject.toml', ['">=3.11"', '">= 3.11"']),
    ...before('requirements-dev.txt', [/^uvicorn==.*$/m, 'uvicorn==0.34.0']),
  }),
  commit(jonas, 'feat(accounts): open and list accounts (#2)', {
    ...ledger('src/ledger/accounts/', 'tests/integration/accounts/'),
    ...before(
      domain,
      [/^Kind = Literal\[.*\]$/m, 'Kind = str'],
      ['from typing import Literal\n', ''],
    ),
    ...before(
      routes,
      ['from ..budget.categories import add_card_category\n', ''],
      ['        add_card_category(connection, opened.id)\n', ''],
      ['import Account, Kind', 'import Kind'],
      ['response_model=list[AccountOut]', 'response_model=list[str]'],
      ['-> list[Account]:', '-> list[str]:'],
      [
        'return list_accounts(connection)',
        'return [account.name for account in list_accounts(connection)]',
      ],
    ),
  }),
  commit(mira, 'feat(transactions): book what comes in and goes out (#3)', {
    ...ledger('src/ledger/transactions/', 'tests/integration/transactions/'),
    ...before(queries, ...withoutPayees(), ...unpaged()),
    ...before('src/ledger/transactions/domain.py', [
      'return (name or "").strip() or None',
      'return name or None',
    ]),
    ...migrations('0001_core'),
  }),
  commit(mira, 'test: balances add up, whatever is booked', {
    ...ledger('tests/property/test_balances.py'),
  }),
  commit(jonas, 'docs: say how it is run (#4)', {
    ...ledger('docs/', 'mkdocs.yml'),
  }),
  commit(jonas, 'feat(money): amounts in minor units (#5)', {
    ...ledger('tests/unit/test_money.py', 'tests/property/test_money.py'),
    ...before(money, [
      'if amount_minor < 0 else ""',
      'if amount_minor <= -(10**digits) else ""',
    ]),
  }),
  commit(
    mira,
    'fix(transactions): no payee where only blanks are written (#7)\n\nThey made a payee without a name.\n\nCloses #6',
    { ...ledger('src/ledger/transactions/domain.py') },
  ),
  commit(jonas, 'feat(accounts): take accounts on and off budget (#9)', {
    ...ledger('tests/unit/test_accounts.py'),
    ...migrations('0002_account_lifecycle'),
  }),
  commit(mira, 'chore(storage): room for what the bank has confirmed', {
    ...migrations('0003_cleared'),
  }),
  commit(
    mira,
    'perf(accounts): keep the balances (#10)\n\nThe list of accounts read every transaction.',
    { ...migrations('0004_balances', '0005_indexes', 'caches/accounts') },
  ),
  commit(jonas, 'ci: run the tests on every push', {
    ...ledger('.github/'),
    ...before('.github/workflows/ci.yml', ['ubuntu-24.04', 'ubuntu-latest']),
  }),
  commit(mira, 'feat(api): health and readiness probes (#8)', {
    ...before(
      app,
      ['from ..accounts.routes import router as accounts\n', ''],
      ['from ..budget.routes import router as budget\n', ''],
      ['from .problems import add_problems\n', ''],
      ['    add_problems(app)\n', ''],
      ['    app.include_router(accounts)\n', ''],
      ['    app.include_router(budget)\n', ''],
    ),
    ...ledger('src/ledger/core/pages.py', 'tests/integration/core/', 'deploy/'),
  }),
  release(
    mira,
    '0.1.0',
    `
### Features

- **accounts:** open and list accounts (#2)
- **transactions:** book what comes in and goes out (#3)
- **money:** amounts in minor units (#5)
- **accounts:** take accounts on and off budget (#9)
- **api:** health and readiness probes (#8)

### Fixes

- **transactions:** no payee where only blanks are written (#7)

### Performance

- **accounts:** keep the balances (#10)
`,
  ),
];

/** A payee was a text in the transaction, however it was spelled. */
function withoutPayees() {
  return [
    [
      'SELECT transactions.id, booked_on, amount_minor, payees.name, memo\nFROM transactions\nLEFT JOIN payees ON payees.id = transactions.payee_id',
      'SELECT transactions.id, booked_on, amount_minor, payee, memo\nFROM transactions',
    ],
    [
      '    payee_id = _find_or_add_payee(connection, normal_payee(payee))\n',
      '',
    ],
    ['amount_minor, payee_id, memo) "', 'amount_minor, payee, memo) "'],
    [
      'amount_minor, payee_id, memo or None]',
      'amount_minor, normal_payee(payee), memo or None]',
    ],
    [/\n\ndef _find_or_add_payee[\s\S]*$/, ''],
  ];
}

/** An account was read whole for each of its pages. */
export function unpaged() {
  return [
    [' LIMIT ? OFFSET ?', ''],
    ['[account_id, limit, offset]', '[account_id]'],
    [
      'for row in rows.fetchall()]',
      'for row in rows.fetchall()][offset : offset + limit]',
    ],
  ];
}
