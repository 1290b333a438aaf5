#!/usr/bin/env node
/**
 * How fast the portal answers about deliveries: 1,000 components in 3 environments, one of them with 200 kept releases of
 * 5,000, on PostgreSQL where BENCH_DATABASE names one (postgresql://…), else on SQLite in memory. Readers are fakes: what is
 * measured is the index, the rules and the routes, as the page asks them over HTTP.
 *
 *     node bench/portal/run.mjs [--components 1000] [--write]
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../shared/places.mjs';
import {
  machineLine,
  markdownTable,
  writeSection,
} from '../shared/write-section.mjs';

const { values } = parseArgs({
  options: {
    components: { type: 'string', default: '1000' },
    write: { type: 'boolean', default: false },
  },
});
const transform = createRequire(join(ROOT, 'package.json')).resolve(
  '@backstage/cli/config/nodeTransform.cjs',
);

/** Each size in a process of its own, so that memory is its own. */
function measure(components) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--require',
      transform,
      join(ROOT, 'bench', 'portal', 'measure-deliveries.ts'),
      String(components),
    ],
    { encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  if (status !== 0) throw new Error(`${stderr}${stdout}`.slice(-4000));
  return JSON.parse(stdout.trim().split('\n').pop());
}

const sizes = [100, Number(values.components)];
const results = sizes.map(measure);
const [small, large] = results;
const rows = Object.keys(large.figures).map(name => [
  name,
  small.figures[name],
  large.figures[name],
]);
const table = markdownTable(
  ['what', ...sizes.map(size => `${size} components`)],
  rows,
);
process.stdout.write(`${table}\n`);
if (values.write) {
  writeSection('portal', {
    title: 'Portal',
    note: `\`node bench/portal/run.mjs --write\` on ${machineLine(
      large.database,
    )}. Over HTTP on this machine, answers parsed by their schemas; readers are fakes. Milliseconds unless it says otherwise.`,
    parts: [table],
  });
}
const slow = [
  [large.figures['status of a component, p95'] > 200, 'status p95 over 200 ms'],
  [
    large.figures['first rows of Deliveries, cold'] > 1000,
    'first rows over 1 s',
  ],
  [large.figures['answer of 50 rows, KB'] > 60, '50 rows over 60 KB'],
].filter(([isSlow]) => isSlow);
for (const [, what] of slow) process.stderr.write(`too slow: ${what}\n`);
process.exitCode = slow.length > 0 ? 1 : 0;
