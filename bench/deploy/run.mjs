/**
 * Deployments to one control plane by ours, by kubectl and by Helm 4, in one run; and a render without network.
 *
 *     node bench/deploy/run.mjs [--rounds 5] [--sizes 4,10,100,1000] [--write]
 *
 * Each tool has a namespace and a user of its own; calls are counted from the audit log of the API server. A change is
 * another image: pods are processes, and no image is pulled. Each pod has a readiness probe.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTimed } from '../shared/measure.mjs';
import { DOJO } from '../shared/places.mjs';
import { markdownTable, writeSection } from '../shared/write-section.mjs';
import { benchRender } from './bench-render.mjs';
import { benchSize } from './bench-size.mjs';
import { noteOf } from './note.mjs';
import { installHelm } from './runners.mjs';
import { startBenchCluster } from './start-cluster.mjs';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    sizes: { type: 'string', default: '4,10,100,1000' },
    write: { type: 'boolean', default: false },
  },
});
const rounds = Number(options.rounds);
const sizes = options.sizes.split(',').map(Number);
/** kubectl needs half a minute for each deployment of so many objects. */
const manyObjects = 500;
const roundsOf = count => (count > manyObjects ? Math.min(rounds, 3) : rounds);
const work = mkdtempSync(join(tmpdir(), 'dojo-bench-'));
let cluster;
// A cluster keeps no process alive that only waits for it.
const alive = setInterval(() => {}, 60_000);

try {
  const helm = installHelm();
  // Its first start makes the bundle.
  runTimed('node', [DOJO, '--version']);
  const parts = [];
  const add = text => {
    console.log(`${text}\n`);
    parts.push(text);
  };
  add('### Render');
  add(renderTable(benchRender({ rounds: Math.max(rounds, 7), work })));
  cluster = await startBenchCluster();
  const users = {};
  for (const name of ['dojo', 'kubectl', 'helm'])
    users[name] = await cluster.kubeconfigFor({
      name,
      groups: ['system:masters'],
    });
  const setting = { work, helm, kubeconfigOf: name => users[name] };
  const measured = [];
  for (const count of sizes) {
    const results = await benchSize(cluster, count, {
      ...setting,
      rounds: roundsOf(count),
    });
    measured.push([count, results]);
    add(`### ${count.toLocaleString('en')} objects, ${roundsOf(count)} rounds`);
    add(sizeTable(results));
  }
  add('### Growth of dojo');
  add(growthTable(measured));
  if (options.write) {
    writeSection('deploy', {
      title: 'Deploy',
      note: noteOf(measured, options),
      parts,
    });
  }
} finally {
  await cluster?.stop();
  clearInterval(alive);
  rmSync(work, { recursive: true, force: true, maxRetries: 5 });
}

function renderTable(results) {
  const [[, floor]] = results;
  return markdownTable(
    ['what', 'ms (median)', 'over an empty node'],
    results.map(([name, ms]) => [name, Math.round(ms), Math.round(ms - floor)]),
  );
}

function sizeTable(results) {
  const [dojo] = results;
  const cells = ({ ms, calls }, own) => [
    Math.round(ms),
    (ms / own.ms).toFixed(2),
    calls,
  ];
  return markdownTable(
    ['what', 'change: ms', 'ratio', 'calls', 'no change: ms', 'ratio', 'calls'],
    results.map(({ name, change, noop }) => [
      name,
      ...cells(change, dojo.change),
      ...cells(noop, dojo.noop),
    ]),
  );
}

function growthTable(measured) {
  return markdownTable(
    [
      'objects',
      'change: ms an object',
      'no change: ms an object',
      'calls an object',
    ],
    measured.map(([count, [{ change, noop }]]) => [
      count.toLocaleString('en'),
      (change.ms / count).toFixed(1),
      (noop.ms / count).toFixed(1),
      (noop.calls / count).toFixed(2),
    ]),
  );
}
