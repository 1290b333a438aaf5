import assert from 'node:assert/strict';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { ROOT } from '../source-hash.mjs';
import { evaluateFlake } from './evaluate-flake.mjs';

const { parse } = createRequire(join(ROOT, 'packages/testing/package.json'))(
  'yaml',
);
const read = file => readFileSync(join(ROOT, file), 'utf8');

const ours = evaluateFlake('flake.nix');
const { portal, migrator } = ours.packages['x86_64-linux'];
const revision = '0123456789abcdef0123456789abcdef01234567';

const nameOf = path => path.replace('/nix/store/stub-', '');
const { version } = JSON.parse(read('package.json'));

describe('flake.nix', () => {
  it('takes nixpkgs from a branch of releases', () => {
    assert.deepEqual(Object.keys(ours.inputs), ['nixpkgs']);
    assert.match(
      ours.inputs.nixpkgs,
      /^github:NixOS\/nixpkgs\/nixos-\d\d\.(05|11)$/,
    );
  });

  it('brings a shell with what the two commands use', () => {
    const { packages } = ours.devShells['x86_64-linux'].default;
    for (const name of [
      ...['nodejs_24', 'yarn-berry', 'git', 'go', 'kubectl', 'kustomize'],
      ...['kubernetes', 'etcd', 'chromium', 'postgresql'],
    ]) {
      assert.ok(packages.map(nameOf).includes(name), `no ${name}`);
    }
    // What has no package there.
    const mac = ours.devShells['aarch64-darwin'].default.packages.map(nameOf);
    assert.ok(mac.includes('nodejs_24') && !mac.includes('chromium'));
  });

  it('makes images for Linux, and checks', () => {
    const linux = ['aarch64-linux', 'x86_64-linux'];
    assert.deepEqual(Object.keys(ours.packages), linux);
    assert.deepEqual(Object.keys(ours.checks), linux);
    assert.deepEqual(Object.keys(ours.checks['x86_64-linux']), [
      'static',
      'unit',
    ]);
  });

  for (const [title, image] of [
    ['Dojo Portal', portal],
    ['The dojo command', migrator],
  ]) {
    it(`says what the image is and of which commit: ${title}`, () => {
      assert.deepEqual(image.config.Labels, {
        'org.opencontainers.image.licenses': 'Apache-2.0',
        'org.opencontainers.image.revision': revision,
        'org.opencontainers.image.title': title,
        'org.opencontainers.image.version': version,
      });
      assert.equal(image.tag, revision);
    });

    it(`brings the programs that the engines start, and a user: ${title}`, () => {
      assert.equal(image.config.User, '1000:1000');
      assert.ok(image.config.Env.includes('PATH=/bin'));
      for (const name of [
        ...['nodejs_24', 'git', 'kustomize', 'bin-sh', 'usr-bin-env'],
        ...['ca-certificates', 'fake-nss'],
      ]) {
        assert.ok(image.contents.map(nameOf).includes(name), `no ${name}`);
      }
    });
  }

  it('starts the command in the one, and the portal in the other', () => {
    assert.match(migrator.extraCommands, /ln -s \S*-migrator\/app\/\* app\/\n/);
    assert.deepEqual(migrator.config.Entrypoint, [
      'node',
      '/app/packages/cli/bin/dojo',
    ]);
    assert.ok(existsSync(join(ROOT, 'packages/cli/bin/dojo')));
    assert.match(portal.extraCommands, /ln -s \S*-out\/app\/\* app\/\n/);
    assert.equal(portal.config.WorkingDir, '/app');
    assert.equal(portal.config.Entrypoint, undefined);
  });
});

describe('deploy/portal/base', () => {
  const { spec } = parse(read('deploy/portal/base/deployment.yaml')).spec
    .template;
  const [container] = spec.containers;

  it('runs the image as the image runs by itself, with one more file of settings', () => {
    const command = [...container.command, ...container.args];
    assert.deepEqual(
      command.slice(0, portal.config.Cmd.length),
      portal.config.Cmd,
    );
    assert.deepEqual(command.slice(portal.config.Cmd.length), [
      '--config',
      '/etc/dojo-portal/app-config.cluster.yaml',
    ]);
  });

  it('runs it as the same user', () => {
    const { runAsUser, runAsGroup } = spec.securityContext;
    assert.equal(`${runAsUser}:${runAsGroup}`, portal.config.User);
  });

  it('sets the variables of the environment to what the image says', () => {
    for (const { name, value } of container.env.filter(e => e.value)) {
      assert.ok(portal.config.Env.includes(`${name}=${value}`), name);
    }
  });

  it('expects it at the port that the image and the settings name', () => {
    const [{ name, containerPort }] = container.ports;
    assert.deepEqual(portal.config.ExposedPorts, {
      [`${containerPort}/tcp`]: {},
    });
    const settings = parse(read('app-config.production.yaml'));
    assert.equal(settings.backend.listen.port, containerPort);
    const probes = ['startupProbe', 'readinessProbe', 'livenessProbe'];
    for (const probe of probes) {
      assert.equal(container[probe].httpGet.port, name, probe);
    }
    const service = parse(read('deploy/portal/base/service.yaml'));
    assert.equal(service.spec.ports[0].targetPort, name);
  });

  it('has a writable folder where the image has its home', () => {
    const home = portal.config.Env.find(e => e.startsWith('HOME=')).slice(5);
    assert.ok(container.volumeMounts.some(m => m.mountPath === home));
  });

  it('names the image that release.yml promotes', () => {
    assert.equal(container.image.split('/').at(-1), 'dojo-portal');
    assert.match(read('.github/workflows/release.yml'), /dojo-portal\b/);
  });
});

describe('evaluateFlake', () => {
  const folder = mkdtempSync(join(tmpdir(), 'flake-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const evaluate = body => {
    const file = join(folder, 'flake.nix');
    writeFileSync(
      file,
      `{ inputs.nixpkgs.url = "n"; outputs = { self, nixpkgs }: { packages.x86_64-linux.a = ${body}; }; }`,
    );
    return evaluateFlake(file).packages['x86_64-linux'].a;
  };
  const pkgs = 'nixpkgs.legacyPackages.x86_64-linux';

  it('finds a package that nixpkgs does not have', () => {
    assert.throws(
      () => evaluate(`${pkgs}.mkShell { packages = [ ${pkgs}.nodejs_25 ]; }`),
      /nodejs_25/,
    );
  });

  it('looks at all that a derivation is made of', () => {
    assert.throws(
      () =>
        evaluate(
          `${pkgs}.stdenv.mkDerivation { name = "a"; b.c = [ (throw "looked") ]; }`,
        ),
      /looked/,
    );
  });

  it('says what an image is', () => {
    assert.deepEqual(
      evaluate(
        `${pkgs}.dockerTools.buildLayeredImage { name = "a"; config.User = "1"; }`,
      ).config,
      { User: '1' },
    );
  });
});
