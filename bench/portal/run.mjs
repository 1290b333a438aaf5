#!/usr/bin/env node
/**
 * How fast the portal answers about deliveries and what it costs to know them: 100 and 1,000 components in 3 environments,
 * one of them with 5,000 tags, on a PostgreSQL of its own (BENCH_DATABASE names another one: postgresql://…).
 *
 * `answers`: the portal's backend with sign-in, permissions and Backstage's catalog, asked over HTTP as pages ask, the
 * catalog's own table beside; readers are fakes. `refresh`: the index with its real readers over git's own HTTP server,
 * counted against the budget of docs/explanation/delivery.md. Both: about 10 minutes on two cores.
 *
 *     node bench/portal/run.mjs [--only answers|refresh] [--components 1000] [--write]
 *
 * With `--only` and `--write` the other part of the section is what it was measured last.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CACHE, ROOT } from '../shared/places.mjs';
import {
  machineLine,
  markdownTable,
  writeSection,
} from '../shared/write-section.mjs';
import { askPortal, transform } from './ask-portal.mjs';
import { brokenBudgets } from './budgets.mjs';
import { startPostgres } from './start-postgres.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    components: { type: 'string', default: '1000' },
    write: { type: 'boolean', default: false },
  },
});
const small = 100;
const large = Number(values.components);
const parts = { answers, refresh };
const asked = values.only === undefined ? Object.keys(parts) : [values.only];
const kept = join(CACHE, 'portal');
mkdirSync(kept, { recursive: true });

const broken = [];
for (const name of asked) {
  const part = await parts[name]();
  process.stdout.write(`${part.text}\n\n`);
  broken.push(...part.broken);
  writeFileSync(join(kept, name), part.text);
}
if (values.write) {
  writeSection('portal', {
    title: 'Portal',
    note: '`node bench/portal/run.mjs --write`: 3 environments; atlas has 5,000 releases, the others 12.',
    parts: Object.keys(parts).flatMap(name => {
      const file = join(kept, name);
      return existsSync(file) ? [readFileSync(file, 'utf8')] : [];
    }),
  });
}
for (const what of broken) process.stderr.write(`✗ ${what}\n`);
process.exitCode = broken.length > 0 ? 1 : 0;

/** Each size in a process and a database of its own. */
async function answers() {
  const results = [];
  let version = '';
  for (const size of [small, large]) {
    const database = await startPostgres();
    version = database.version;
    try {
      results.push(await askPortal(size, database.url));
    } finally {
      await database.stop();
    }
  }
  const [few, many] = results;
  const rows = Object.keys(many).map(name => [name, few[name], many[name]]);
  return {
    text: [
      '### Answers',
      `${machineLine(
        version,
      )}. Milliseconds unless it says otherwise, over HTTP from another process, as a user whom the example policy lets read; each page is asked 60 times, each status 400 times.`,
      markdownTable(['what', `${small} components`, `${large}`], rows),
    ].join('\n\n'),
    broken: brokenBudgets.answers(few, many),
  };
}

async function refresh() {
  const database = await startPostgres();
  try {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        ...['--expose-gc', '--no-deprecation', '--require', transform],
        join(ROOT, 'bench/portal/measure-refresh.ts'),
        String(large),
      ],
      {
        encoding: 'utf8',
        maxBuffer: 1 << 26,
        env: { ...process.env, BENCH_DATABASE: database.url },
      },
    );
    if (status !== 0) throw new Error(`${stderr}${stdout}`.slice(-4000));
    const figures = JSON.parse(stdout.trim().split('\n').pop());
    const { overlays, first, quiet, busy, memory } = figures;
    const columns = Object.keys(quiet);
    const row = (name, from) => [name, ...columns.map(key => from[key])];
    const held = Object.values(memory)[0];
    return {
      text: [
        '### Refresh',
        `${machineLine(
          database.version,
        )}; ${large} components over git's HTTP server on this machine, which is not counted. CPU is that of the portal's process with all of git that it starts. The index with all that it holds in memory: ${held} MB.`,
        markdownTable(
          ['what', ...columns],
          [
            row('overlays from nothing', overlays),
            row('all repositories from nothing', first),
            row('5 minutes in which nothing happens', quiet),
            row('5 minutes with 10 pushes', busy),
          ],
        ),
      ].join('\n\n'),
      broken: brokenBudgets.refresh(figures),
    };
  } finally {
    await database.stop();
  }
}
