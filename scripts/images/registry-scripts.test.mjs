import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { ROOT } from '../source-hash.mjs';

const folder = mkdtempSync(join(tmpdir(), 'registry-scripts-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const calls = join(folder, 'calls');
const digest = `sha256:${'a'.repeat(64)}`;

/** A docker whose registry answers `inspected` for a tag, that of `:sha` aside, which is there. */
function dockerThat(inspected) {
  writeFileSync(calls, '');
  writeFileSync(
    join(folder, 'docker'),
    `#!/usr/bin/env bash
echo "$*" >> ${calls}
case "$*" in
  *"inspect --format {{.Manifest.Digest}} "*) echo ${digest} ;;
  *"imagetools inspect"*) ${inspected} ;;
  "inspect --format"*) echo "ghcr.io/acme/other@sha256:0"; echo "ghcr.io/acme/ledger@${digest}" ;;
esac
`,
  );
  chmodSync(join(folder, 'docker'), 0o755);
}

function run(script, ...args) {
  const { status, stdout, stderr } = spawnSync(
    join(ROOT, 'scripts/images', script),
    args,
    {
      encoding: 'utf8',
      env: { PATH: `${folder}${delimiter}${process.env.PATH}` },
    },
  );
  const written = readFileSync(calls, 'utf8')
    .split('\n')
    .filter(call => /^(push|tag)|create/.test(call));
  return { status, stdout, stderr, written };
}

const absent = 'echo "ERROR: ghcr.io/acme/ledger:1: not found" >&2; exit 1';
const broken = 'echo "ERROR: 503 Service Unavailable" >&2; exit 1';
const present = 'exit 0';

describe('push-image', () => {
  const push = () => run('push-image', 'ledger:0', 'ghcr.io/acme/ledger:1');

  describe('when the tag is free', () => {
    it('pushes the image and tells its digest', () => {
      dockerThat(absent);
      const { status, stdout, written } = push();
      assert.deepEqual(
        [status, stdout, written],
        [
          0,
          `${digest}\n`,
          [
            'tag ledger:0 ghcr.io/acme/ledger:1',
            'push --quiet ghcr.io/acme/ledger:1',
          ],
        ],
      );
    });
  });

  describe('when the tag is taken', () => {
    it('leaves it alone', () => {
      dockerThat(present);
      const { status, stdout, written } = push();
      assert.deepEqual([status, stdout, written], [0, '', []]);
    });
  });

  describe('when the registry does not say', () => {
    it('ends with its words, and pushes nothing', () => {
      dockerThat(broken);
      const { status, stderr, written } = push();
      assert.deepEqual([status, written], [1, []]);
      assert.match(stderr, /503 Service Unavailable/);
    });
  });
});

describe('name-image', () => {
  const name = () => run('name-image', 'ghcr.io/acme/ledger', 'sha', '1');

  describe('when the new tag is free', () => {
    it('names the digest of the old one', () => {
      dockerThat(absent);
      const { status, written } = name();
      assert.equal(status, 0);
      assert.deepEqual(written, [
        `buildx imagetools create --tag ghcr.io/acme/ledger:1 ghcr.io/acme/ledger@${digest}`,
      ]);
    });
  });

  describe('when the new tag is taken', () => {
    it('leaves it alone', () => {
      dockerThat(present);
      const { status, stdout, written } = name();
      assert.deepEqual([status, stdout, written], [0, '', []]);
    });
  });

  describe('when the registry does not say', () => {
    it('ends with its words, and names nothing', () => {
      dockerThat(broken);
      const { status, stderr, written } = name();
      assert.deepEqual([status, written], [1, []]);
      assert.match(stderr, /503/);
    });
  });
});
