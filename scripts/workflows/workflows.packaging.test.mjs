import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, describe, it } from 'node:test';
import { findWorkflowLinter } from '../go/workflow-linter.mjs';
import { makeService } from '../make-ledger.mjs';
import { ROOT } from '../source-hash.mjs';
import { readWorkflows } from './read-workflows.mjs';
import { faultsOf, pinsOf } from './rules.mjs';

const linter = await findWorkflowLinter();
/** Without the linters of other languages, which a machine may have or not. */
const lint = files =>
  spawnSync(linter, ['-no-color', '-shellcheck=', '-pyflakes=', ...files], {
    encoding: 'utf8',
  });

const ours = readWorkflows(ROOT);
const folder = mkdtempSync(join(tmpdir(), 'workflows-'));
after(() => rmSync(folder, { recursive: true, force: true }));

// What the template makes, on the local forge and on GitHub.
const made = join(folder, 'made');
await makeService(made, {
  name: 'savings',
  image: 'ghcr.io/acme/savings',
  repository: 'https://github.com/acme/savings',
  forge: 'github',
  frontend: 'none',
});
const others = [join(ROOT, 'examples/ledger'), made].flatMap(readWorkflows);

/** One of ours, changed. */
function changed(name, from, to) {
  const { text } = ours.find(workflow => workflow.name === name);
  assert.ok(text.includes(from), `${name} has no ${from}`);
  const place = join(folder, '.github/workflows');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, name), text.replace(from, to));
  return readWorkflows(folder).find(workflow => workflow.name === name);
}

describe('the workflows', () => {
  it('are two of this repository', () => {
    assert.deepEqual(
      ours.map(({ name }) => name),
      ['ci.yml', 'release.yml'],
    );
  });

  assert.equal(others.length, 4);
  for (const workflow of [...ours, ...others]) {
    const name = relative(ROOT, workflow.file);
    it(`are what GitHub takes: ${name}`, () => {
      const { status, stdout } = lint([workflow.file]);
      assert.equal(status, 0, stdout);
    });
    it(`may no more than they need, and run no text of a stranger: ${name}`, () => {
      assert.deepEqual(faultsOf(workflow), []);
    });
  }

  it('use one commit of each action', () => {
    const pins = new Map();
    for (const { text } of [...ours, ...others]) {
      for (const [action, pin] of pinsOf(text)) {
        pins.set(action, (pins.get(action) ?? new Set()).add(pin));
      }
    }
    assert.ok(pins.size >= 4);
    for (const [action, { size }] of pins) assert.equal(size, 1, action);
  });

  it('call what the README tells people to call', () => {
    const [ci, release] = ours;
    assert.deepEqual(Object.keys(ci.content.on), ['push', 'pull_request']);
    assert.deepEqual(ci.content.on.push, { branches: ['main'], tags: ['v*'] });
    const runs = job => job.steps.flatMap(({ run = [] }) => run);
    assert.ok(runs(ci.content.jobs.test).includes('./scripts/test'));
    assert.match(runs(release.content.jobs.release).join(), /scripts\/release/);
    assert.deepEqual(Object.keys(release.content.on), ['workflow_dispatch']);
  });

  it('write only where something was pushed or asked for', () => {
    const [ci] = ours;
    for (const { permissions, if: condition } of Object.values(
      ci.content.jobs,
    )) {
      const isWriting = Object.values(permissions).includes('write');
      assert.equal(
        isWriting,
        condition === "github.event_name == 'push'",
        'a pull request may write',
      );
    }
  });
});

describe('the checks of the workflows', () => {
  it('know the schema', () => {
    const { file } = changed('ci.yml', 'runs-on: ubuntu', 'run-on: ubuntu');
    const { status, stdout } = lint([file]);
    assert.equal(status, 1);
    assert.match(stdout, /run-on/);
  });

  for (const [what, from, to, fault] of [
    [
      'an action that is not pinned',
      /actions\/checkout@\S+ # v5.0.0/,
      'actions/checkout@v5',
      /not pinned by a full SHA with its tag: - uses: actions\/checkout@v5/,
    ],
    [
      'a right for all jobs',
      'permissions: {}',
      'permissions: write-all',
      /the workflow itself grants something/,
    ],
    [
      'a right that nothing needs',
      'contents: read',
      'pull-requests: write',
      /test may pull-requests: write/,
    ],
    [
      'a job without rights of its own',
      /permissions:\n {6}contents: read\n/,
      'name: test\n',
      /test does not say what it may/,
    ],
    [
      'the title of a pull request in a script',
      'run: ./scripts/test',
      'run: echo "${{ github.event.pull_request.title }}"',
      /test writes an expression into a script/,
    ],
    [
      'a token that stays',
      'persist-credentials: false',
      'fetch-depth: 1',
      /test leaves the token beside the sources/,
    ],
    [
      'a trigger with the rights of the repository',
      'pull_request:',
      'pull_request_target:',
      /runs the code of a stranger/,
    ],
  ]) {
    it(`find ${what}`, () => {
      const { text } = ours[0];
      const found = text.match(from)?.[0];
      assert.ok(found, `nothing to change: ${from}`);
      assert.match(faultsOf(changed('ci.yml', found, to)).join('\n'), fault);
    });
  }
});
