import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { freePort } from '../portal/free-port.mjs';
import { untilAnswers } from '../portal/until-answers.mjs';
import { ROOT } from '../source-hash.mjs';
import { evaluateFlake } from './evaluate-flake.mjs';

const { parse } = createRequire(join(ROOT, 'packages/testing/package.json'))(
  'yaml',
);

const folder = mkdtempSync(join(tmpdir(), 'image-tree-'));
after(() => {
  execFileSync('chmod', ['-R', 'u+w', folder]);
  rmSync(folder, { recursive: true, force: true });
});
const node = (cwd, ...args) =>
  execFileSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** The root of the image, in which the flake's own commands link and copy what is in the store. */
function assemble(name) {
  const { extraCommands } = flake.packages['x86_64-linux'][name];
  const [, store] = extraCommands.match(/(\/nix\/store\/\S+)\/app\/\*/);
  // The modes of a store.
  execFileSync('chmod', ['-R', 'a-w', join(folder, name)]);
  const root = join(folder, `${name}-image`);
  mkdirSync(root);
  const commands = extraCommands.replaceAll(store, join(folder, name));
  execFileSync('bash', ['-euc', commands], { cwd: root });
  return join(root, 'app');
}
const flake = evaluateFlake('flake.nix');

const apps = {};
/** As the flake does it. */
before(() => {
  execFileSync('yarn', ['workspace', 'backend', 'build'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (const name of ['portal', 'migrator']) {
    node(ROOT, 'scripts/nix/image-tree.mjs', name, join(folder, name, 'app'));
    apps[name] = assemble(name);
  }
});

describe('the folder of the image of the command', () => {
  const command = 'packages/cli/bin/dojo';

  it('has the command, of the version that is released', () => {
    const { version } = JSON.parse(
      readFileSync(join(ROOT, 'packages/cli/package.json'), 'utf8'),
    );
    assert.equal(node(apps.migrator, command, '--version'), `${version}\n`);
  });

  it('migrates a database', () => {
    const args = [
      ...['--database', join(folder, 'ledger.duckdb')],
      ...['--migrations', join(ROOT, 'migrations')],
    ];
    assert.match(
      node(apps.migrator, command, 'migrate', ...args),
      /^Migrated/m,
    );
    node(apps.migrator, command, 'migrate', ...args, '--check', '--current');
  });
});

describe('the folder of the image of the portal', () => {
  let child;
  after(async () => {
    if (!child || child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  it('has templates whose copies can be changed, and run', () => {
    const mode = file => statSync(join(apps.portal, 'templates', file)).mode;
    assert.ok(mode('release/template.yaml') & 0o200);
    assert.ok(mode('dojo-service/skeleton/scripts/release') & 0o100);
  });

  it('starts as deploy/portal starts it, and serves the page', async () => {
    const { spec } = parse(
      readFileSync(join(ROOT, 'deploy/portal/base/deployment.yaml'), 'utf8'),
    ).spec.template;
    const [container] = spec.containers;
    const [program, ...start] = container.command;
    assert.equal(program, 'node');
    // What an overlay brings: here a database that is in memory, and the guest of the overlay `try`.
    const settings = join(folder, 'app-config.cluster.yaml');
    writeFileSync(
      settings,
      JSON.stringify({
        backend: {
          workingDirectory: folder,
          database: { client: 'better-sqlite3', connection: ':memory:' },
        },
        auth: {
          providers: { guest: { dangerouslyAllowOutsideDevelopment: true } },
        },
      }),
    );
    const port = await freePort(7207);
    const url = `http://localhost:${port}`;
    child = spawn(
      process.execPath,
      [
        ...start,
        ...container.args.map(arg =>
          arg === '/etc/dojo-portal/app-config.cluster.yaml' ? settings : arg,
        ),
      ],
      {
        cwd: apps.portal,
        // Nothing of this machine's, but where git is.
        env: {
          PATH: process.env.PATH,
          HOME: folder,
          NODE_ENV: 'production',
          PORTAL_URL: url,
          PORTAL_SIGN_IN_PROVIDER: 'guest',
          APP_CONFIG_backend_listen_port: String(port),
          ...Object.fromEntries(
            ['HOST', 'PORT', 'USER', 'PASSWORD'].map(name => [
              `POSTGRES_${name}`,
              'unused',
            ]),
          ),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', chunk => (said += chunk));
    }
    const ended = once(child, 'exit').then(() => {
      throw new Error(`it ended: ${said.slice(-2000)}`);
    });
    await Promise.race([
      untilAnswers(`${url}${container.readinessProbe.httpGet.path}`, 120_000),
      ended,
    ]);
    ended.catch(() => {});
    const page = await fetch(url);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /<title>Dojo Portal<\/title>/);
  });
});
