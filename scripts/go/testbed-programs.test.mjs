import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { ROOT } from '../source-hash.mjs';
import { findGo } from './build-once.mjs';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'testbed-programs-')));
after(() => rmSync(folder, { recursive: true, force: true }));

const names = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
];

function program(path, script) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** A checkout with nothing built, and a Go that writes down what it was to build. */
function checkout(name) {
  const root = join(folder, name);
  for (const part of ['scripts', 'tools/testbed']) {
    cpSync(join(ROOT, part), join(root, part), { recursive: true });
  }
  const log = join(root, 'go.log');
  program(
    join(root, 'bin/go'),
    `[ "$1" = version ] && exit 0
echo "$@" >>${log}
while [ "$1" != -o ]; do shift; done
printf '#!/bin/sh\\n' >"$2"`,
  );
  const find = (what, env = {}) => {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [join(root, 'scripts/testbed.mjs'), what],
      {
        encoding: 'utf8',
        env: { PATH: `${join(root, 'bin')}:/usr/bin:/bin`, ...env },
      },
    );
    return { status, stderr, found: stdout && JSON.parse(stdout) };
  };
  const built = () =>
    existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
  return { root, find, built };
}

describe('findCluster', () => {
  describe('when the machine has all four programs', () => {
    it('takes those of KUBEBUILDER_ASSETS, then those on PATH, and builds nothing', () => {
      const { root, find, built } = checkout('own');
      const assets = join(root, 'assets');
      const path = join(root, 'path');
      for (const name of names.slice(0, 2)) program(join(assets, name), '');
      for (const name of names) program(join(path, name), '');
      const { found } = find('cluster', {
        KUBEBUILDER_ASSETS: assets,
        PATH: `${path}:/usr/bin:/bin`,
      });
      assert.deepEqual(found, {
        etcd: [join(assets, 'etcd')],
        'kube-apiserver': [join(assets, 'kube-apiserver')],
        'kube-controller-manager': [join(path, 'kube-controller-manager')],
        'kube-scheduler': [join(path, 'kube-scheduler')],
      });
      assert.deepEqual(built(), []);
    });
  });

  describe('when one is missing', () => {
    it('builds all of them once, with their version, and tells how long it may take', () => {
      const { root, find, built } = checkout('built');
      const assets = join(root, 'assets');
      for (const name of names.slice(1)) program(join(assets, name), '');
      const first = find('cluster', { KUBEBUILDER_ASSETS: assets });
      assert.equal(first.status, 0);
      assert.match(
        first.stderr,
        /is built from tools\/testbed \(once, .* min\)/,
      );
      assert.match(first.stderr, /built in \d+ s/);
      const [binary] = first.found.etcd;
      assert.match(binary, /\/\.cache\/testbed\/[0-9a-f]{16}\/testbed$/);
      for (const name of names) {
        assert.deepEqual(first.found[name], [binary, name]);
      }
      const second = find('cluster');
      assert.deepEqual([second.found, second.stderr], [first.found, '']);
      assert.equal(built().length, 1);
      assert.match(built()[0], /component-base\/version.gitVersion=v1\./);
      assert.match(built()[0], /-tags= /);
      // The registry is in it.
      assert.deepEqual(find('registry').found, {
        registry: [binary, 'registry'],
      });
    });
  });

  describe('when its sources change, in whichever file', () => {
    it('builds it anew', () => {
      const { root, find, built } = checkout('changed');
      find('cluster');
      for (const file of ['main.go', 'controlplane.go', 'go.sum']) {
        writeFileSync(join(root, 'tools/testbed', file), '\n', { flag: 'a' });
        find('cluster');
      }
      assert.equal(built().length, 4);
    });
  });
});

describe('findRegistry', () => {
  describe('when nothing is built', () => {
    it('builds it without the control plane', () => {
      const { find, built } = checkout('registry');
      const { found } = find('registry');
      assert.match(found.registry[0], /\/registry$/);
      assert.match(built()[0], /-tags=registry /);
      find('registry');
      assert.equal(built().length, 1);
    });
  });

  describe('when the machine has one', () => {
    it('takes it, where it is the one of CNCF', () => {
      const { root, find, built } = checkout('own-registry');
      const path = join(root, 'path');
      const PATH = `${path}:${join(root, 'bin')}:/usr/bin:/bin`;
      program(join(path, 'registry'), 'echo some other registry');
      assert.equal(find('registry', { PATH }).found.registry.length, 2);
      program(
        join(path, 'registry'),
        'echo registry github.com/distribution/distribution/v3 3.1.2',
      );
      assert.deepEqual(find('registry', { PATH }).found, {
        registry: ['registry'],
      });
      assert.equal(built().length, 1);
    });
  });
});

describe('findGo', () => {
  describe('when there is no Go', () => {
    it('tells in one sentence what to do', () => {
      assert.throws(() => findGo('Install Go.', ['/none/go']), {
        message: 'Install Go.',
      });
    });
  });
});
