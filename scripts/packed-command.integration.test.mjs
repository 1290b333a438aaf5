import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { publint } from 'publint';
import { packPackages, publishedPackages } from './packages/pack-packages.mjs';
import { ROOT, workspaces } from './source-hash.mjs';

const folder = mkdtempSync(join(tmpdir(), 'packed-command-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const run = (cwd, command, ...args) =>
  execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 180_000,
  });

/** The command and the packages of this repository that it needs: all are published with each release. */
const packed = [
  'backstage-plugin-dojo-common',
  'dojo-portal-core',
  'dojo-portal-cli',
];
const { manifest } = workspaces().get('dojo-portal-cli');
const installed = join(folder, 'installed');

before(() => {
  const archives = packPackages();
  mkdirSync(installed);
  writeFileSync(join(installed, 'package.json'), '{"private":true}');
  run(
    installed,
    ...['npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts'],
    ...packed.map(name => archives.get(name)),
  );
});

describe('the packages of a release', () => {
  for (const name of publishedPackages()) {
    // Its warnings are of how backstage-cli builds every plugin.
    it(`${name} is as its package.json says, by publint`, async () => {
      const tarball = readFileSync(packPackages().get(name));
      const { messages } = await publint({ pack: { tarball }, level: 'error' });
      assert.deepEqual(messages, []);
    });
  }
});

describe('the packages of a release, installed with npm', () => {
  it('have the command under its name', () => {
    const dojo = join(installed, 'node_modules/.bin/dojo');
    assert.equal(run(installed, dojo, '--version'), `${manifest.version}\n`);
  });

  it('have it as `npx dojo-portal-cli`, as the scripts of a service start it', () => {
    assert.equal(
      run(installed, 'npx', '--no-install', 'dojo-portal-cli', '--version'),
      `${manifest.version}\n`,
    );
  });

  it('need no other package of this repository', () => {
    const ours = new Set(workspaces().keys());
    for (const name of packed) {
      const { dependencies } = JSON.parse(
        readFileSync(
          join(installed, 'node_modules', name, 'package.json'),
          'utf8',
        ),
      );
      for (const [needed, range] of Object.entries(dependencies)) {
        assert.ok(!range.startsWith('workspace:'), `${name}: ${needed}`);
        assert.ok(!ours.has(needed) || packed.includes(needed), needed);
      }
    }
  });

  it('migrate a database', () => {
    const args = [
      ...['--database', 'ledger.duckdb'],
      ...['--migrations', join(ROOT, 'migrations')],
    ];
    const dojo = join(installed, 'node_modules/.bin/dojo');
    assert.match(run(installed, dojo, 'migrate', ...args), /^Migrated/m);
  });
});
