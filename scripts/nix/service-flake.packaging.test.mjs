import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { makeService } from '../make-ledger.mjs';
import { evaluateFlake } from './evaluate-flake.mjs';

/** What the template `dojo-service` makes; the ledger is one. */
const flake = evaluateFlake('examples/ledger/flake.nix');
const { docker } = flake.packages['x86_64-linux'];

describe('the flake of a service', () => {
  it('makes an image that starts the service as the manifests expect it', () => {
    const { Cmd, Env, ExposedPorts, User, Labels } = docker.config;
    assert.equal(
      Cmd.join(' '),
      'python -m uvicorn ledger.core.app:create_app --factory --host 0.0.0.0 --port 8000',
    );
    assert.ok(Env.includes('LEDGER_DB_PATH=/data/ledger.duckdb'), `${Env}`);
    assert.ok(Env.includes('LEDGER_ENV=production'), `${Env}`);
    assert.deepEqual(ExposedPorts, { '8000/tcp': {} });
    assert.equal(User, '1000');
    assert.equal(
      Labels['org.opencontainers.image.revision'],
      '0123456789abcdef0123456789abcdef01234567',
    );
  });

  it('builds the packages with setuptools that forget to say so', () => {
    assert.deepEqual(flake.builtWith.default, {
      multitasking: ['/nix/store/stub-setuptools'],
      peewee: ['/nix/store/stub-setuptools'],
    });
  });

  it('brings a shell for Linux and macOS', () => {
    for (const system of ['x86_64-linux', 'aarch64-darwin']) {
      const { packages } = flake.devShells[system].default;
      assert.ok(packages.some(path => /-python\d*-env$/.test(path)));
      assert.ok(packages.includes('/nix/store/stub-nodejs_24'));
    }
  });
});

describe('the flake of a service without a page, on GitHub', () => {
  const folder = mkdtempSync(join(tmpdir(), 'service-flake-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is of that service, whatever its description says', async () => {
    await makeService(folder, {
      name: 'savings-plan',
      package: 'savings_plan',
      prefix: 'SAVINGS_PLAN',
      title: 'Savings plan',
      description: `It's "\${self}" \\ ''\${throw "x"}''`,
      system: '',
      repository: 'https://github.com/acme/savings-plan',
      image: 'ghcr.io/acme/savings-plan',
      frontend: 'none',
      forge: 'github',
    });
    const made = evaluateFlake(join(folder, 'flake.nix'));
    const { config } = made.packages['aarch64-linux'].docker;
    assert.equal(config.Cmd[3], 'savings_plan.core.app:create_app');
    assert.ok(config.Env.includes('SAVINGS_PLAN_ENV=production'));
  });
});
