/**
 * Migrations by ours, by Flyway, duckup and Alembic, and the floors, in one run, as ratios.
 *
 *     node bench/migrate/run.mjs [--rounds 5] [--sizes 1,100,1000] [--rows 4000000] [--write]
 *
 * Each round runs every runner once, in an order that turns, on a ledger of its own; beside it, a command of the same
 * kind that has nothing to do, whose price is taken off. Each ledger is read afterwards: no figure is of a failed run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTimed } from '../shared/measure.mjs';
import { DOJO } from '../shared/places.mjs';
import { machineLine, writeSection } from '../shared/write-section.mjs';
import { benchLedger } from './bench-ledger.mjs';
import { benchSize } from './bench-sizes.mjs';
import { alembic, duckup, flyway, javaVersion } from './runners.mjs';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    sizes: { type: 'string', default: '1,100,1000' },
    rows: { type: 'string', default: '4000000' },
    write: { type: 'boolean', default: false },
  },
});
const rounds = Number(options.rounds);
const work = mkdtempSync(join(tmpdir(), 'dojo-bench-'));

try {
  const setting = { rounds, work, peers: [flyway(work), duckup(), alembic()] };
  // Its first start makes the bundle.
  runTimed('node', [DOJO, '--version']);
  const parts = [];
  const add = text => {
    console.log(`${text}\n`);
    parts.push(text);
  };
  for (const size of options.sizes.split(',').map(Number))
    benchSize(size, setting).forEach(add);
  add(benchLedger(Number(options.rows), setting));
  if (options.write) {
    writeSection('migrate', {
      title: 'Migrate',
      note: `\`node bench/migrate/run.mjs --rounds ${rounds} --write\` on ${machineLine(
        javaVersion(),
        'Python duckdb 1.5.6',
      )}. Medians, each run net of a start of the same kind in the same round that has nothing to do: an empty node for dojo (so the engine's loading is in its figure), engine loaded for DuckDB, Flyway and Alembic, \`--help\` for duckup. Above 1 is slower than dojo. duckup and Flyway run a transaction each, Alembic one for all, all in place and without a backup; Flyway's check is \`validate\`, Alembic's \`current --check-heads\`, duckup has none and runs again.`,
      parts,
    });
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
