/**
 * A portal under attack: twenty plans of hostile components at once, by one user, while another plans the example.
 *
 *     node bench/hostile/run.mjs [--rounds 10] [--write]
 *
 * The portal is the one of ./scripts/start, with data of its own. Ends with 1 where the other user's plans take more than
 * three times their quiet time, or backend and children together hold 1.5 GB.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { median } from '../shared/measure.mjs';
import { ROOT } from '../shared/places.mjs';
import {
  machineLine,
  markdownTable,
  writeSection,
} from '../shared/write-section.mjs';
import { hostileComponents } from './hostile-components.mjs';
import { memoryOfTree } from './process-memory.mjs';

const MAX_RATIO = 3;
const MAX_BYTES = 1.5e9;
const COPIES = 4;
const tokens = { alice: 'a'.repeat(40), mallory: 'm'.repeat(40) };

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    write: { type: 'boolean', default: false },
  },
});
const rounds = Number(options.rounds);

const folder = mkdtempSync(join(tmpdir(), 'dojo-hostile-'));
let portal;
try {
  process.exitCode = (await measure()) ? 0 : 1;
} finally {
  if (portal?.exitCode === null) {
    process.kill(-portal.pid, 'SIGTERM');
    await once(portal, 'exit');
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function measure() {
  const plans = hostileComponents(COPIES);
  const entities = join(folder, 'hostile.yaml');
  // JSON is YAML.
  const documents = plans.map(({ entity }) => JSON.stringify(entity));
  writeFileSync(entities, documents.join('\n---\n'));
  const backend = await startPortal(entities);
  for (const plan of plans) plan.make(folder);
  const ask = (who, { kind, body }, signal) =>
    fetch(`${backend}/api/dojo/plans/${kind}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tokens[who]}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
      signal,
    });
  const example = {
    kind: 'release',
    body: { component: 'component:default/ledger' },
  };
  const timed = async () => {
    const started = performance.now();
    const response = await ask('alice', example);
    const answer = await response.json();
    if (answer.outcome !== 'planned') throw new Error(JSON.stringify(answer));
    return performance.now() - started;
  };
  await untilKnown(() => ask('alice', example));
  await untilKnown(() => ask('mallory', plans.at(-1)));

  for (let at = 0; at < 3; at += 1) await timed();
  const quiet = [];
  for (let at = 0; at < rounds; at += 1) quiet.push(await timed());

  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, memoryOfTree(portal.pid));
  }, 100);
  const ends = new Map();
  let running = plans.length;
  const attack = plans.map(async plan => {
    const started = performance.now();
    const response = await ask('mallory', plan);
    const { outcome, error } = await response.json();
    const how = error?.dojo?.code ?? error?.message ?? outcome;
    const seconds = (performance.now() - started) / 1_000;
    ends.set(plan.name, [...(ends.get(plan.name) ?? []), { how, seconds }]);
    running -= 1;
  });
  await delay(500);
  const attacked = [];
  while (running > 0 && attacked.length < rounds) attacked.push(await timed());
  const during = running;
  await Promise.all(attack);
  clearInterval(watch);
  const after = [];
  for (let at = 0; at < rounds; at += 1) after.push(await timed());
  return report({ quiet, attacked, after, ends, peak, during });
}

async function startPortal(hostile) {
  const locations = [
    ['examples/org.yaml', 'User', 'Group'],
    ['examples/entities.yaml'],
    [hostile],
  ].map(([target, ...allow]) => ({
    type: 'file',
    target,
    ...(allow.length > 0 && { rules: [{ allow }] }),
  }));
  const access = Object.entries(tokens).map(([subject, token]) => ({
    type: 'static',
    options: { token, subject },
  }));
  portal = spawn(
    process.execPath,
    ['scripts/start.mjs', '--data', folder, '--port', '7307'],
    {
      cwd: ROOT,
      detached: true,
      env: {
        ...process.env,
        APP_CONFIG_catalog_locations: JSON.stringify(locations),
        APP_CONFIG_backend_auth_externalAccess: JSON.stringify(access),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let out = '';
  for await (const chunk of portal.stdout) {
    out += chunk;
    const url = /^Backend (\S+)$/m.exec(out)?.[1];
    if (url) return url;
  }
  throw new Error('the portal did not start');
}

/** The catalog reads its files in its own time. */
async function untilKnown(asking) {
  const deadline = performance.now() + 120_000;
  for (;;) {
    const response = await asking();
    const text = await response.text();
    if (!/COMPONENT_NOT_FOUND/.test(text)) return;
    if (performance.now() > deadline) throw new Error(text);
    await delay(500);
  }
}

function report({ quiet, attacked, after, ends, peak, during }) {
  const base = median(quiet);
  const row = (name, times) => [
    name,
    times.length,
    times.length ? Math.round(median(times)) : '–',
    times.length ? Math.round(Math.max(...times)) : '–',
    times.length ? (median(times) / base).toFixed(2) : '–',
  ];
  const times = markdownTable(
    [
      'another user plans the example',
      'plans',
      'median ms',
      'slowest ms',
      'ratio',
    ],
    [
      row('in quiet', quiet),
      row('while twenty hostile plans run', attacked),
      row('after them', after),
    ],
  );
  const how = markdownTable(
    ['hostile plan', 'ended', 'seconds'],
    [...ends].map(([name, all]) => [
      name,
      [...new Set(all.map(each => each.how))].join(', '),
      all.map(({ seconds }) => seconds.toFixed(1)).join(', '),
    ]),
  );
  const memory = `Backend and children together held ${(peak / 1e6).toFixed(
    0,
  )} MB at most. When the last plan of the example was answered, ${during} of the twenty were running.`;
  process.stdout.write(`${times}\n\n${how}\n\n${memory}\n`);
  if (options.write) {
    writeSection('hostile', {
      title: 'A portal under attack',
      note: `\`node bench/hostile/run.mjs --rounds ${rounds} --write\` on ${machineLine()}. Four of each hostile component, all asked for at once by one user.`,
      parts: [times, how, memory],
    });
  }
  const isQuick = attacked.length > 0 && median(attacked) <= MAX_RATIO * base;
  return isQuick && peak < MAX_BYTES;
}
