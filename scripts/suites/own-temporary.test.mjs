import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { freeBytes, OwnTemporary } from './own-temporary.mjs';

const parent = mkdtempSync(join(tmpdir(), 'own-temporary-'));
after(() => rmSync(parent, { recursive: true, force: true }));

describe('the temporary folder of the suites', () => {
  it('is empty after a stage, and goes with the last', () => {
    const temporary = new OwnTemporary(parent);
    mkdirSync(join(temporary.folder, 'left/behind'), { recursive: true });
    writeFileSync(join(temporary.folder, 'left/behind/by-a-kill'), 'x');
    temporary.empty();
    assert.deepEqual(readdirSync(temporary.folder), []);
    temporary.remove();
    assert.equal(existsSync(temporary.folder), false);
  });

  it('leaves room for the path of a socket below it', () => {
    const temporary = new OwnTemporary('/tmp');
    temporary.remove();
    assert.ok(temporary.folder.length < 30);
  });

  it('is open to other users, as the one of the system is', () => {
    const temporary = new OwnTemporary(parent);
    assert.equal(statSync(temporary.folder).mode & 0o7777, 0o1777);
    temporary.remove();
  });
});

describe('what is free on a disk', () => {
  it('is told in bytes', () => {
    assert.ok(freeBytes(parent) > 1024 * 1024);
  });
});
