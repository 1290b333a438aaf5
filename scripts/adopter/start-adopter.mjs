/**
 * Starts a Backstage as an adopter has it, with the packed packages of this repository: `node scripts/adopter/start-adopter.mjs
 * --data <folder> --port <first port to try>`. It is made anew in that folder, or, with `--made`, the one that is there is
 * started. `--config <file>` is laid over its settings, and with `--without-backend` the line of README.md is missing that
 * adds our plugin to the backend. What it is doing goes to the standard error; `Portal <url>` to the standard output, once it
 * answers.
 */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { freePort } from '../portal/free-port.mjs';
import { untilAnswers } from '../portal/until-answers.mjs';
import { FreshApp } from './fresh-app.mjs';
import { makeAdopter } from './make-adopter.mjs';

const say = text => process.stderr.write(`• ${text}\n`);
const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    port: { type: 'string' },
    made: { type: 'boolean', default: false },
    config: { type: 'string' },
    'without-backend': { type: 'boolean', default: false },
  },
});
const data = resolve(options.data);
const folder = join(data, 'app');
if (!options.made) await makeAdopter(folder, say);

const port = await freePort(Number(options.port));
const url = `http://localhost:${port}`;
const app = new FreshApp(folder);
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
const line = "backend.add(import('backstage-plugin-dojo-backend'));";
const off = `// ${line}`;
app.change('packages/backend/src/index.ts', text =>
  text
    .replace(off, line)
    .replace(line, options['without-backend'] ? off : line),
);

say('Starting it');
const log = createWriteStream(join(data, 'portal.log'));
const configs = [
  join(folder, 'app-config.yaml'),
  join(folder, 'app-config.local.yaml'),
  ...(options.config === undefined ? [] : [resolve(options.config)]),
];
const child = spawn(
  'yarn',
  [
    ...['workspace', 'backend', 'start'],
    ...configs.flatMap(config => ['--config', config]),
  ],
  {
    cwd: folder,
    env: {
      ...process.env,
      YARN_IGNORE_PATH: '1',
      NODE_OPTIONS: '',
      NODE_ENV: undefined,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  },
);
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
