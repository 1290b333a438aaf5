/**
 * Makes a Backstage as an adopter has it, adds the packed packages of this repository by the lines of README.md, and
 * starts it: `node scripts/adopter/start-adopter.mjs --data <folder> --port <first port to try>`. The folder is emptied first. What it
 * is doing goes to the standard error; `Portal <url>` to the standard output, once it answers.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse, stringify } from 'yaml';
import { packPackages } from '../packages/pack-packages.mjs';
import { freePort } from '../portal/free-port.mjs';
import { untilAnswers } from '../portal/until-answers.mjs';
import { seedForge } from '../seed-forge.mjs';
import { seedImages } from '../seed-images.mjs';
import { seedInfra } from '../seed-infra.mjs';
import { seedLedger } from '../seed-ledger.mjs';
import { FreshApp } from './fresh-app.mjs';
import { readmeLines } from './readme-lines.mjs';

const say = text => process.stderr.write(`• ${text}\n`);
const { values: options } = parseArgs({
  options: { data: { type: 'string' }, port: { type: 'string' } },
});
const data = resolve(options.data);
const port = await freePort(Number(options.port));
const url = `http://localhost:${port}`;
const lines = readmeLines();

rmSync(data, { recursive: true, force: true });
mkdirSync(data, { recursive: true });
say('Packing the packages');
const archives = packPackages();
say('Generating a Backstage app');
const app = new FreshApp(join(data, 'app'));
app.addPackages(lines.added, archives);
app.change('packages/backend/src/index.ts', text =>
  text.replace('backend.start();', `${lines.backend}\nbackend.start();`),
);
app.change('app-config.yaml', text =>
  stringify(beside(parse(text), parse(lines.config))),
);
// What a machine decides, and what the service of the example has: images in its forge.
app.write(
  'app-config.local.yaml',
  stringify({
    app: { baseUrl: url },
    backend: {
      baseUrl: url,
      listen: { host: '127.0.0.1', port },
    },
    dojo: { allow: { images: [{ pattern: 'oci:images/*' }] } },
  }),
);

say('Making a forge with a service, and the database of its dev');
const forge = join(app.folder, 'dojo-forge');
await seedForge(forge);
await seedInfra(forge);
await seedImages(forge);
await seedLedger(
  join(forge, 'dev/ledger.duckdb'),
  ({ command, args, ...rest }) =>
    execFileSync(command, args, {
      ...rest,
      stdio: ['ignore', 'ignore', 'pipe'],
    }),
);

say('Installing it');
app.install();
say('Bundling its frontend');
app.bundle();
say('Starting it');
const log = createWriteStream(join(data, 'portal.log'));
const child = spawn('yarn', ['workspace', 'backend', 'start'], {
  cwd: app.folder,
  env: {
    ...process.env,
    YARN_IGNORE_PATH: '1',
    NODE_OPTIONS: '',
    NODE_ENV: undefined,
  },
  stdio: ['ignore', 'pipe', 'pipe'],
  detached: true,
});
child.stdout.pipe(log);
child.stderr.pipe(log);
const stop = code => {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
  process.exit(code);
};
child.once('exit', () => stop(1));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop(0));
process.once('exit', () => child.kill('SIGKILL'));
await untilAnswers(`${url}/.backstage/health/v1/readiness`, 180_000).catch(
  error => {
    process.stderr.write(`✗ ${error.message}; ${log.path}\n`);
    stop(1);
  },
);
process.stdout.write(`Portal ${url}\n`);

/** Adds settings to others, as a person does: lists grow, and nothing that was there is lost. */
function beside(there, added) {
  if (Array.isArray(there)) return [...there, ...added];
  if (there === null || typeof there !== 'object') return added;
  return Object.fromEntries(
    [...new Set([...Object.keys(there), ...Object.keys(added)])].map(key => [
      key,
      key in added ? beside(there[key] ?? null, added[key]) : there[key],
    ]),
  );
}
