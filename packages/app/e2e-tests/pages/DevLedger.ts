import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { portalData, root } from './portalData';

const database = resolve(portalData, 'data/dev/ledger.duckdb');

/** The ledger of dev in the portal's data folder, read by the command in a process of its own. */
export class DevLedger {
  /** Id of its last migration, and how many are pending. */
  level(): { head: string; pending: number } {
    const answer = execFileSync(
      process.execPath,
      [
        ...[resolve(root, 'scripts/dojo.cjs'), 'migrate', '--check', '--json'],
        ...['--database', database],
        ...['--migrations', resolve(root, 'migrations')],
      ],
      { encoding: 'utf8' },
    );
    const { head, pending } = JSON.parse(answer);
    return { head, pending: pending.length };
  }
}
