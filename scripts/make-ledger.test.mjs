import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { makeLedger } from './make-ledger.mjs';
import { ROOT } from './source-hash.mjs';

const folder = mkdtempSync(join(tmpdir(), 'make-ledger-test-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The files of a folder that git would take, by path: their text, and whether they can be run. */
function filesOf(root) {
  const listed = execFileSync(
    'git',
    [
      ...['-c', 'core.quotePath=false', 'ls-files', '-z'],
      ...['--cached', '--others', '--exclude-standard'],
    ],
    { cwd: root, encoding: 'utf8' },
  );
  const paths = listed.split('\0').filter(Boolean).sort();
  return Object.fromEntries(
    paths.map(path => [
      path,
      {
        text: readFileSync(join(root, path), 'utf8'),
        runs: (statSync(join(root, path)).mode & 0o100) !== 0,
      },
    ]),
  );
}

describe('makeLedger', () => {
  it('makes examples/ledger as it is committed (else: node scripts/make-ledger.mjs)', async () => {
    await makeLedger(folder);
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    const made = filesOf(folder);
    const committed = filesOf(join(ROOT, 'examples/ledger'));
    assert.deepEqual(Object.keys(made), Object.keys(committed));
    assert.deepEqual(made, committed);
    assert.ok(made['scripts/run-tests'].runs);
  });

  it('puts it on the migrations of this repository', () => {
    for (const file of [
      '0001_core.sql',
      '0015_integrity.sql',
      'caches/accounts.sql',
    ]) {
      assert.equal(
        readFileSync(join(folder, 'src/ledger/sql/migrations', file), 'utf8'),
        readFileSync(join(ROOT, 'migrations', file), 'utf8'),
      );
    }
  });
});
