import initial from './0.1.0.mjs';
import budgets from './0.2.0.mjs';
import reports from './0.3.0.mjs';
import unreleased from './unreleased.mjs';

/** The ledger's commits, oldest first. */
export const history = [...initial, ...budgets, ...reports, ...unreleased];
