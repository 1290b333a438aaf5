import { spawnSync } from 'node:child_process';
import { buildOnce } from './build-once.mjs';

/** The command that checks GitHub's workflows: the machine's own actionlint, else tools/actionlint. */
export async function findWorkflowLinter() {
  if (spawnSync('actionlint', ['--version']).status === 0) return 'actionlint';
  return buildOnce('actionlint', 'actionlint', {
    says: '• actionlint is built from tools/actionlint (once, a quarter of a minute)',
    missing:
      '• The tests check the workflows with actionlint: put it on PATH, or install Go 1.26 or newer (https://go.dev/doc/install) and it is built',
  });
}
