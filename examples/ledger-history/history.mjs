import initial from './0.1.0.mjs';
import budgets from './0.2.0.mjs';
import reports from './0.3.0.mjs';
import { allElse } from './commit.mjs';
import unreleased from './unreleased.mjs';

const [first, ...rest] = [...initial, ...budgets, ...reports, ...unreleased];

/** The ledger's commits, oldest first. They lead to examples/ledger, with a few small modules and pages beside it. */
export const history = [
  { ...first, changes: { ...allElse(), ...first.changes } },
  ...rest,
];
