import { join } from 'node:path';
import { syncFloor } from './floors.mjs';
import { trivialSet } from './migration-sets.mjs';
import { expectRead } from './read-ledger.mjs';
import { dojo, execute, inPlace } from './runners.mjs';
import { inRounds, Stopwatch } from './stopwatch.mjs';

const TABLES =
  "SELECT count(*) FROM duckdb_tables() WHERE regexp_matches(table_name, '^t[0-9]+$')";

/** New ledgers, `size` tables, a migration each; then a check of each ledger, with nothing left to do. Two tables. */
export function benchSize(size, { rounds, work, peers }) {
  const set = trivialSet(size);
  const applying = new Stopwatch(dojo.name);
  const checking = new Stopwatch(dojo.name);
  let made = 0;
  const parts = [dojo, inPlace, ...peers].map((runner, at) => {
    const folder = join(work, `${size}-${at}`);
    runner.write(folder, set);
    return () => {
      const file = join(work, `${size}-${(made += 1)}.duckdb`);
      const start = execute(runner.start);
      applying.note(runner.name, execute(runner.migrate(file, folder)), start);
      expectRead(file, TABLES, size, runner.name);
      if (!runner.check) return;
      expectRead(file, runner.applied, size, runner.name);
      checking.note(runner.name, execute(runner.check(file, folder)), start);
    };
  });
  const floor = () =>
    applying.note(
      'append and fdatasync each',
      syncFloor(join(work, 'floor'), size),
    );
  inRounds(rounds, [floor, ...parts]);
  const count = size.toLocaleString('en');
  return [
    applying.table(`${count} migration${size === 1 ? '' : 's'}`),
    checking.table(`Nothing to do, ${count} applied`),
  ];
}
