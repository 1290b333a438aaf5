/**
 * What it costs that a plan of the portal is made in a child process: the time around the work itself, beside an empty
 * Node process, which no child can be below.
 *
 *     node bench/child/run.mjs [--rounds 15] [--write]
 *
 * One release plan of a repository of 200 commits, asked for as the portal's backend asks: one JSON document on stdin.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { history } from '../release/make-history.mjs';
import { median, runTimed } from '../shared/measure.mjs';
import { DOJO, ROOT } from '../shared/places.mjs';
import {
  machineLine,
  markdownTable,
  writeSection,
} from '../shared/write-section.mjs';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    write: { type: 'boolean', default: false },
  },
});
const rounds = Number(options.rounds);
const folder = mkdtempSync(join(tmpdir(), 'dojo-bench-child-'));
try {
  measure();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function measure() {
  const forge = join(folder, 'forge');
  const repository = join(forge, 'service.git');
  mkdirSync(forge);
  runTimed('git', ['init', '--quiet', '--bare', '-b', 'main', repository]);
  runTimed('git', ['-C', repository, 'fast-import', '--quiet'], {
    input: [...history(200, 20)].join(''),
  });
  const marks = join(folder, 'marks.json');
  const env = {
    DOJO_BENCH_MARKS: marks,
    NODE_OPTIONS: `--require ${JSON.stringify(
      join(ROOT, 'bench', 'child', 'mark-work.cjs'),
    )}`,
  };
  const input = JSON.stringify({
    kind: 'release',
    mode: 'plan',
    request: { repository: `file://${repository}` },
    access: {
      author: { name: 'Bench', email: 'bench@example.com' },
      allowedHosts: [],
      localRoot: forge,
      registries: [],
      githubs: [],
    },
  });
  const plan = () => {
    const { ms } = runTimed(
      process.execPath,
      [DOJO, 'run-request', 'release'],
      { input, env },
    );
    const { asked, answered } = JSON.parse(readFileSync(marks, 'utf8'));
    return { ms, work: answered - asked };
  };
  plan();
  const empty = [];
  const plans = [];
  for (let round = 0; round < rounds; round += 1) {
    empty.push(runTimed(process.execPath, ['-e', '']).ms);
    plans.push(plan());
  }
  report(empty, plans);
}

function report(empty, plans) {
  const floor = median(empty);
  const row = (name, times) => [
    name,
    Math.round(median(times)),
    Math.round(Math.max(...times)),
    (median(times) / floor).toFixed(2),
  ];
  const around = plans.map(({ ms, work }) => ms - work);
  const table = markdownTable(
    ['median of the rounds', 'ms', 'slowest ms', 'of an empty Node'],
    [
      row('an empty Node process', empty),
      row(
        'a release plan in a child, start to end',
        plans.map(({ ms }) => ms),
      ),
      row(
        'of it: the plan itself',
        plans.map(({ work }) => work),
      ),
      row('of it: the child around the plan', around),
    ],
  );
  process.stdout.write(`${table}\n`);
  if (!options.write) return;
  writeSection('child', {
    title: 'What the child of a plan costs',
    note: `\`node bench/child/run.mjs --rounds ${rounds} --write\` on ${machineLine()}. A repository of 200 commits on this machine. The plan itself is what lies between the last byte of the request and the first of the answer.`,
    parts: [table],
  });
}
