import assert from 'node:assert/strict';
import { once } from 'node:events';
import { EventEmitter } from 'node:events';
import { describe, it } from 'node:test';
import { runCommand, say } from './run-command.mjs';
import { runStage, sumBySuite } from './run-stage.mjs';

const print = `process.stdout.write(process.argv[1]); process.stderr.write('!')`;

describe('runStage', () => {
  it('runs two at once, and shows what each wrote in one piece', async () => {
    let shown = '';
    const steps = new EventEmitter();
    const began = [];
    const job = (suite, waitsFor, tells) => ({
      suite,
      title: suite,
      run: async () => {
        began.push(suite);
        if (waitsFor) await once(steps, waitsFor);
        assert.ok(await runCommand(process.execPath, ['-e', print, suite]));
        say(`(${suite})`);
        if (tells) steps.emit(tells);
        return { passed: 1, failed: 0 };
      },
    });
    const results = await runStage(
      [
        job('one', 'third is over'),
        job('two'),
        job('three', undefined, 'third is over'),
      ],
      chunk => (shown += chunk),
    );
    assert.deepEqual(began, ['one', 'two', 'three']);
    assert.equal(
      shown.replaceAll(/\w+!|!\w+/g, text => text.replace('!', '')),
      '\n▶ one\none(one)\n▶ two\ntwo(two)\n▶ three\nthree(three)',
    );
    assert.deepEqual(
      results.map(({ suite, passed, failed }) => [suite, passed, failed]),
      [
        ['one', 1, 0],
        ['two', 1, 0],
        ['three', 1, 0],
      ],
    );
  });

  it('counts what throws as a failure, and goes on', async () => {
    let shown = '';
    const results = await runStage(
      [
        {
          suite: 'broken',
          title: 'broken',
          run: async () => {
            throw new Error('the registry of the tests is missing');
          },
        },
        {
          suite: 'sound',
          title: 'sound',
          run: async () => ({ passed: 2, failed: 0 }),
        },
      ],
      chunk => (shown += chunk),
    );
    assert.match(shown, /▶ broken\n✗ the registry of the tests is missing\n/);
    assert.deepEqual(
      results.map(({ passed, failed }) => [passed, failed]),
      [
        [0, 1],
        [2, 0],
      ],
    );
  });
});

describe('sumBySuite', () => {
  it('adds the jobs of a suite up, in the order in which suites began', () => {
    const job = (suite, passed, failed, seconds) => ({
      suite,
      passed,
      failed,
      seconds,
    });
    assert.deepEqual(
      sumBySuite([job('b', 1, 0, 2), job('a', 3, 1, 1), job('b', 4, 2, 3)]),
      [job('b', 5, 2, 5), job('a', 3, 1, 1)],
    );
  });
});
