import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { readReport } from './read-report.mjs';

const folder = mkdtempSync(join(tmpdir(), 'read-report-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const read = (report, endedWell) => {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify(report));
  return readReport(path, endedWell, counts => counts);
};

describe('readReport', () => {
  describe('when the report and the end of the runner agree', () => {
    it('counts what the report says', () => {
      assert.deepEqual(read({ passed: 3, failed: 0 }, true), {
        passed: 3,
        failed: 0,
      });
      assert.deepEqual(read({ passed: 3, failed: 2 }, false), {
        passed: 3,
        failed: 2,
      });
    });
  });

  describe('when the runner failed without a failed test', () => {
    it('counts one failure', () => {
      assert.deepEqual(read({ passed: 3, failed: 0 }, false), {
        passed: 3,
        failed: 1,
      });
    });
  });

  describe('when nothing ran', () => {
    it('counts one failure', () => {
      assert.deepEqual(read({ passed: 0, failed: 0 }, true), {
        passed: 0,
        failed: 1,
      });
    });
  });

  describe('when there is no report', () => {
    it('counts one failure', () => {
      const missing = join(folder, 'missing.json');
      assert.deepEqual(
        readReport(missing, true, counts => counts),
        { passed: 0, failed: 1 },
      );
    });
  });
});
