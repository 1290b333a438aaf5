/**
 * Deployments to one control plane by ours, by kubectl and by Helm 4, in one run; and a render without network.
 *
 *     node bench/deploy/run.mjs [--rounds 5] [--sizes 4,10,100,1000] [--write]
 *
 * Each tool has a namespace and a user of its own; calls are counted from the audit log of the API server. A change is
 * another image: pods are processes, and no image is pulled.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTimed } from '../shared/measure.mjs';
import { DOJO } from '../shared/places.mjs';
import {
  machineLine,
  markdownTable,
  writeSection,
} from '../shared/write-section.mjs';
import { benchRender } from './bench-render.mjs';
import { benchSize } from './bench-size.mjs';
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
  const setting = { rounds, work, helm, kubeconfigOf: name => users[name] };
  const ours = [];
  for (const count of sizes) {
    const results = await benchSize(cluster, count, setting);
    ours.push([count, results[0]]);
    add(`### ${count.toLocaleString('en')} objects`);
    add(sizeTable(results));
  }
  add('### Growth of dojo');
  add(growthTable(ours));
  if (options.write) {
    writeSection('deploy', {
      title: 'Deploy',
      note: `\`node bench/deploy/run.mjs --rounds ${rounds} --sizes ${
        options.sizes
      } --write\` on ${machineLine(
        'Kubernetes 1.36.3',
        'Helm 4.3.2',
      )}. Medians. One control plane, a namespace and an administrator for each tool; calls from the audit log. A Deployment, a Service, a claim and ConfigMaps; a change is another image, waited for until it runs. What dojo needs beside the cluster is in its figure: the base and the overlay from git, kustomize, one commit and its push. Its calls without a change: one list a kind by the label of the set, and one dry run an object, which is how all that the API server refuses is known before anything is written. With a change, beside these: the namespace, the record of the set, one apply to open the record, one an object that changes, for the rollout one list and one watch each of Deployment, ReplicaSet, Pod and Event (a claim without a volume is one more, with the storage classes), and one apply to close the record.`,
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

function growthTable(ours) {
  return markdownTable(
    [
      'objects',
      'change: ms an object',
      'no change: ms an object',
      'calls an object',
    ],
    ours.map(([count, { change, noop }]) => [
      count.toLocaleString('en'),
      (change.ms / count).toFixed(1),
      (noop.ms / count).toFixed(1),
      (noop.calls / count).toFixed(2),
    ]),
  );
}
