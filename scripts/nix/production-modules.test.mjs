import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { productionModules } from './production-modules.mjs';

const made = [];
after(() => {
  for (const root of made) rmSync(root, { recursive: true, force: true });
});

/** A checkout of these packages, by folder; of workspaces there is a link in node_modules. */
function checkout(packages) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'modules-')));
  made.push(root);
  for (const [folder, manifest] of Object.entries(packages)) {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(
      join(root, folder, 'package.json'),
      JSON.stringify({ name: folder.split('/').at(-1), ...manifest }),
    );
    if (folder.includes('node_modules')) continue;
    const link = join(root, 'node_modules', folder.split('/').at(-1));
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, folder), link);
  }
  return root;
}

describe('productionModules', () => {
  it('follows dependencies, workspaces among them, and no others', () => {
    const root = checkout({
      'packages/server': { dependencies: { core: '*', a: '1' } },
      'packages/core': {
        dependencies: { b: '1' },
        devDependencies: { t: '1' },
      },
      'packages/other': { dependencies: { t: '1' } },
      'node_modules/a': {},
      'node_modules/b': {},
      'node_modules/t': {},
    });
    assert.deepEqual(productionModules(root, ['packages/server']), {
      modules: ['node_modules/a', 'node_modules/b'],
      workspaces: new Map([
        ['server', 'packages/server'],
        ['core', 'packages/core'],
      ]),
    });
  });

  it('takes of two versions the one that Node would find', () => {
    const root = checkout({
      'packages/server': { dependencies: { a: '1', b: '2' } },
      'node_modules/a': { dependencies: { b: '1' } },
      'node_modules/a/node_modules/b': { dependencies: { a: '1' } },
      'node_modules/b': {},
    });
    assert.deepEqual(productionModules(root, ['packages/server']).modules, [
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/b',
    ]);
  });

  it('does without what is for another platform or brought by others', () => {
    const root = checkout({
      'packages/server': {
        dependencies: { a: '1' },
        optionalDependencies: { a: '1', darwin: '1', linux: '1' },
        peerDependencies: { react: '1' },
      },
      'node_modules/a': {},
      'node_modules/linux': {},
    });
    assert.deepEqual(productionModules(root, ['packages/server']).modules, [
      'node_modules/a',
      'node_modules/linux',
    ]);
  });

  it('asks nothing of a package that is bundled', () => {
    const root = checkout({
      'packages/server': { dependencies: { page: '*' } },
      'packages/page': { bundled: true, dependencies: { react: '1' } },
    });
    const { modules, workspaces } = productionModules(root, [
      'packages/server',
    ]);
    assert.deepEqual(
      [modules, [...workspaces.keys()]],
      [[], ['server', 'page']],
    );
  });

  it('says what is not installed', () => {
    const root = checkout({ 'packages/server': { dependencies: { a: '1' } } });
    assert.throws(() => productionModules(root, ['packages/server']), {
      message: 'server needs a: run yarn install',
    });
  });
});
