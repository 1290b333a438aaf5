/**
 * kill -9 of runners at many points of a batch of DuckDB's hardest mixes: is the ledger old, new or between, and does
 * it open at all?
 *
 *     node bench/migrate/kill.mjs [--points 60] [--peers duckup,flyway] [--write]
 *
 * A peer takes a number of its own after a colon, such as `flyway:20`, whose start is slow.
 * Ends with 1 when dojo leaves one ledger that is not exactly old or new, or that a second run does not finish.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '../shared/seeded-random.mjs';
import {
  machineLine,
  markdownTable,
  writeSection,
} from '../shared/write-section.mjs';
import { killPoints } from './kill-points.mjs';
import { statesOf, VERSIONS } from './ledger-state.mjs';
import { mixesSet, oneStatementEach } from './migration-sets.mjs';
import { dojo, duckup, execute, flyway, javaVersion } from './runners.mjs';
import { watchedRun } from './watched-run.mjs';

const SEED = 20261122;
/** The migration that makes the ledger; the rest is what is killed. */
const FIRST = 'core';

const { values: options } = parseArgs({
  options: {
    points: { type: 'string', default: '60' },
    peers: { type: 'string', default: 'duckup,flyway' },
    write: { type: 'boolean', default: false },
  },
});
const points = Number(options.points);
const pointsOf = new Map(
  options.peers.split(',').map(each => {
    const [name, own = points] = each.split(':');
    return [name, Number(own)];
  }),
);
const work = mkdtempSync(join(tmpdir(), 'dojo-bench-'));

/** Where a killed JVM leaves the engine it unpacked. */
const jvm = join(work, 'jvm');

/** One word for all versions: what they agree on. */
function verdictOf(states, old, next) {
  if (states.includes(undefined)) return 'unopenable';
  const all = expected => states.every((state, at) => state === expected[at]);
  if (all(old)) return 'old';
  return all(next) ? 'new' : 'between';
}

/** Kills a runner at every point, each time on a ledger of its own, and counts what it left. */
async function sweep(runner, set, kills) {
  const home = mkdtempSync(join(work, 'sweep-'));
  const base = join(home, 'base.duckdb');
  const run = join(home, 'run');
  const file = join(run, 'ledger.duckdb');
  const first = join(home, 'first');
  const folder = join(home, 'all');
  runner.write(
    first,
    set.filter(({ name }) => name === FIRST),
  );
  runner.write(folder, set);
  execute(runner.migrate(base, first));

  const fresh = () => {
    for (const each of [run, jvm]) {
      rmSync(each, { recursive: true, force: true });
      mkdirSync(each);
    }
    cpSync(base, file);
  };
  const states = () => statesOf(file, runner.applied);

  fresh();
  const old = await states();
  const start = execute(runner.start);
  const undisturbed = await watchedRun(runner.migrate(file, folder), run);
  const next = await states();
  if (undisturbed.code !== 0 || verdictOf(next, old, next) !== 'new')
    throw new Error(`${runner.name} cannot apply the set undisturbed`);

  const random = seededRandom(SEED);
  const counts = { old: 0, new: 0, between: 0, unopenable: 0, finished: 0 };
  const unopenable = VERSIONS.map(() => 0);
  const planned = killPoints(
    kills,
    { changes: undisturbed.changes, start, whole: undisturbed.ms },
    random,
  );
  for (const point of planned) {
    let killed;
    do {
      fresh();
      killed = await watchedRun(runner.migrate(file, folder), run, point);
      // It was faster this time: a little earlier, then.
      if (point.change) point.change = Math.max(1, point.change - 1);
      else point.after *= 0.97;
    } while (killed.signal !== 'SIGKILL');
    const left = await states();
    counts[verdictOf(left, old, next)] += 1;
    left.forEach((state, at) => {
      if (state === undefined) unopenable[at] += 1;
    });
    await watchedRun(runner.migrate(file, folder), run);
    if (verdictOf(await states(), old, next) === 'new') counts.finished += 1;
  }
  rmSync(home, { recursive: true });
  return { name: runner.name, kills, counts, unopenable };
}

try {
  const peerSet = oneStatementEach(mixesSet());
  const results = [];
  const add = async (runner, set, kills) => {
    results.push(await sweep(runner, set, kills));
    console.error(JSON.stringify(results.at(-1)));
  };
  await add(dojo, mixesSet(), points);
  if (pointsOf.has('duckup'))
    await add(duckup(), peerSet, pointsOf.get('duckup'));
  if (pointsOf.has('flyway'))
    await add(flyway(jvm), peerSet, pointsOf.get('flyway'));
  const table = markdownTable(
    [
      ...['runner', 'kills', 'exactly old', 'exactly new', 'between'],
      'unopenable by any',
      ...VERSIONS.map(version => `by ${version}`),
      'finished by a second run',
    ],
    results.map(({ name, kills, counts, unopenable }) => [
      ...[name, kills, counts.old, counts.new, counts.between],
      ...[counts.unopenable, ...unopenable, counts.finished],
    ]),
  );
  console.log(table);
  if (options.write) {
    writeSection('migrate-kill', {
      title: 'Migrate, killed',
      note: `\`node bench/migrate/kill.mjs --points ${points} --peers ${
        options.peers
      } --write\` on ${machineLine(
        javaVersion(),
      )}. kill -9, a quarter of the kills at changes of names in the ledger's folder and those made in it, a quarter at writes there, half at random times of seed ${SEED} between the runner's start and its end; then a copy of the ledger is opened, to read and write, by Python duckdb ${VERSIONS.join(
        ', ',
      )}. The batch is \`bench/migrate/mixes\`; duckup and Flyway, whose migration is always one transaction, get each statement as a migration of its own, because DuckDB cannot mix these in one.`,
      parts: [table],
    });
  }
  const [ours] = results;
  const { between, unopenable, finished } = ours.counts;
  if (between + unopenable > 0 || finished < points)
    throw new Error(
      `dojo: ${between} between, ${unopenable} unopenable, ${finished} of ${points} finished by a second run`,
    );
} finally {
  rmSync(work, { recursive: true, force: true });
}
