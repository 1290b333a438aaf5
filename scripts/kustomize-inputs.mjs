/**
 * Renders what kustomize's own tests render, with `dojo render` and with kustomize, and compares the bytes.
 *
 *     node scripts/kustomize-inputs.mjs --full
 *
 * `--full` compares all inputs, and ends with 1 where an overlay of known keys renders otherwise; without it, one in ten.
 * Needs Go, which fetches them, and kustomize or kubectl. A test of packages/cli compares a sample.
 */
import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { keptInputs } from './kustomize-inputs/kept-inputs.mjs';
import { ROOT } from './source-hash.mjs';

const { values: options } = parseArgs({
  options: { full: { type: 'boolean', default: false } },
});
const root = mkdtempSync(join(tmpdir(), 'dojo-kustomize-trees-'));
try {
  report(
    JSON.parse(readFileSync(keptInputs(), 'utf8'))
      .filter(({ isPlain }) => isPlain)
      .filter((_, at) => options.full || at % 10 === 0)
      .map((input, at) => ({ input, ...compare(input, join(root, `${at}`)) })),
  );
} finally {
  rmSync(root, { recursive: true });
}

/** @returns `how`: equal, refused (with the code), failed (by both), other. */
function compare({ folder, files }, tree) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  const theirs = run('kubectl', ['kustomize', join(tree, folder)]);
  const ours = run(process.execPath, [
    join(ROOT, 'scripts/dojo.cjs'),
    'render',
    join(tree, folder),
  ]);
  // A finding is an exit code of its own, after the whole YAML.
  const [, code] = /\(([A-Z_]+)\)$/m.exec(ours.stderr) ?? [];
  if (ours.stdout !== '') {
    return { how: ours.stdout === theirs.stdout ? 'equal' : 'other' };
  }
  if (theirs.status === 0 && theirs.stdout === '') return { how: 'equal' };
  return { how: theirs.status === 0 ? 'refused' : 'failed', code };
}

function run(command, args) {
  const result = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (result.error) throw result.error;
  return result;
}

function report(compared) {
  const isUnknown = ({ code }) =>
    ['KUSTOMIZATION_KEY_OLD', 'KUSTOMIZATION_KEY_UNKNOWN'].includes(code);
  const known = compared.filter(one => !isUnknown(one));
  const count = how => known.filter(one => one.how === how).length;
  process.stdout.write(
    `${compared.length} inputs, ${known.length} of known keys: ${count(
      'equal',
    )} byte-equal, ${count('failed')} that neither renders, ${count(
      'refused',
    )} refused, ${count('other')} different\n`,
  );
  for (const { how, code, input } of known) {
    if (how === 'other' || how === 'refused') {
      process.stdout.write(`${how}${code ? ` ${code}` : ''}: ${input.name}\n`);
    }
  }
  if (count('other') > 0) process.exitCode = 1;
}
