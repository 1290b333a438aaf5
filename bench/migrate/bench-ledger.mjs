import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { copyFloor } from './floors.mjs';
import { ledgerSet } from './migration-sets.mjs';
import { expectRead } from './read-ledger.mjs';
import { dojo, execute, inPlace } from './runners.mjs';
import { inRounds, Stopwatch } from './stopwatch.mjs';

const EMPTY = 'dojo, the same on an empty ledger';
const COPY = 'cp and fsync';

/** One small migration of a ledger of `rows` rows, which each runner made with a migration of its own. A table. */
export function benchLedger(rows, { rounds, work, peers }) {
  const times = new Stopwatch(dojo.name);
  let bytes = 0;
  const part = (name, runner, set) => {
    const home = join(work, `ledger-${name}`);
    const base = join(home, 'base.duckdb');
    const folder = join(home, 'all');
    mkdirSync(home);
    runner.write(join(home, 'first'), set.slice(0, 1));
    runner.write(folder, runner.applied ? set : set.slice(1));
    execute(runner.migrate(base, join(home, 'first')));
    const { size } = statSync(base);
    bytes = Math.max(bytes, size);
    return () => {
      const run = join(home, 'run');
      const file = join(run, 'ledger.duckdb');
      mkdirSync(run);
      const copied = copyFloor(base, file);
      if (name === dojo.name) times.note(COPY, copied);
      const start = execute(runner.start);
      times.note(name, execute(runner.migrate(file, folder)), start);
      expectRead(file, 'SELECT name FROM tags', 'food', name);
      rmSync(run, { recursive: true });
    };
  };
  const all = [dojo, inPlace, ...peers];
  inRounds(rounds, [
    ...all.map(runner => part(runner.name, runner, ledgerSet(rows))),
    part(EMPTY, dojo, ledgerSet(0)),
  ]);
  const more = other => `${times.difference(dojo.name, other).toFixed(0)} ms`;
  return times.table(
    `One small migration of a ledger of ${(bytes / 1e6).toFixed(
      0,
    )} MB (${rows.toLocaleString('en')} rows, primary key and index)`,
    `What backup and swap cost, as the median over the rounds of the difference within a round: ${more(
      inPlace.name,
    )} over the migration itself (DuckDB in place, which includes neither backup nor check), ${more(
      EMPTY,
    )} over dojo's own run on an empty ledger, beside ${times
      .net(COPY)
      .toFixed(0)} ms for \`cp\` and fsync alone.`,
  );
}
