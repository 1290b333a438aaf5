import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { ROOT } from '../source-hash.mjs';
import { moduleFolder, modules } from './published-modules.mjs';

const folder = mkdtempSync(join(tmpdir(), 'published-modules-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A Go that answers every fetch with this. */
function goThat(answer) {
  const path = join(folder, 'go');
  writeFileSync(path, `#!/bin/sh\necho '${JSON.stringify(answer)}'\n`);
  chmodSync(path, 0o755);
  return path;
}

const module = { path: 'example.com/inputs', version: 'v1.0.0', sum: 'h1:a=' };

describe('moduleFolder', () => {
  describe('when the content is the known one', () => {
    it('is where Go keeps it', () => {
      const go = goThat({ Dir: '/kept', Sum: 'h1:a=' });
      assert.equal(moduleFolder(module, go), '/kept');
    });
  });

  describe('when another content came', () => {
    it('throws with both sums', () => {
      const go = goThat({ Dir: '/kept', Sum: 'h1:b=' });
      assert.throws(() => moduleFolder(module, go), {
        message: 'example.com/inputs@v1.0.0 has the sum h1:b=, not h1:a=',
      });
    });
  });
});

describe("kustomize's own tests", () => {
  it('are of the kustomize that is built', () => {
    const { path, version, sum } = modules.kustomize;
    const lines = readFileSync(join(ROOT, 'tools/kustomize/go.sum'), 'utf8');
    assert.ok(lines.split('\n').includes(`${path} ${version} ${sum}`));
  });
});
