/** What kustomize's own tests render, written out by those tests themselves. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findGo } from '../go/build-once.mjs';

/** Tests that fetch, or run other programs. */
const skipped = 'Remote|Helm|Chart|Fn';
const kit = 'testutils/kusttest';
const dump = join(dirname(fileURLToPath(import.meta.url)), 'dump_input.go');

/**
 * Runs the tests of `krusty` with a harness that writes down what they render; the sources stay as they are. Go fetches
 * what they need beside.
 *
 * @param sources the folder of the module `sigs.k8s.io/kustomize/api`.
 * @returns `{ name, folder, files: { path: text }, isPlain }`, each input once, by name.
 */
export function extractInputs(sources) {
  const folder = mkdtempSync(join(tmpdir(), 'dojo-kustomize-inputs-'));
  try {
    const dumped = join(folder, 'inputs');
    mkdirSync(dumped);
    const copy = spiedCopy(sources, join(folder, 'api'));
    const { error, stdout, stderr } = spawnSync(
      findGo('Install Go, which runs the tests of kustomize.'),
      ['test', '-timeout=5m', `-skip=${skipped}`, './krusty/'],
      {
        cwd: copy,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        env: {
          ...process.env,
          GOFLAGS: '',
          GOWORK: 'off',
          DUMP_INPUTS: dumped,
        },
      },
    );
    if (error) throw error;
    // Tests of plugins may fail; what the others rendered is there.
    const inputs = readdirSync(dumped).map(name =>
      JSON.parse(readFileSync(join(dumped, name), 'utf8')),
    );
    if (inputs.length === 0) throw new Error(`${stdout}${stderr}`.slice(-2000));
    return eachOnce(inputs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Go keeps its own copy from being written. */
function spiedCopy(sources, copy) {
  cpSync(sources, copy, { recursive: true });
  const folder = join(copy, kit);
  const harness = join(folder, 'harness.go');
  const text = readFileSync(harness, 'utf8').replaceAll(
    /^func \(th Harness\) Run(?:WithErr)?\(path string, o krusty\.Options\).*\{$/gm,
    head => `${head}\n\tdumpInput(th, path, o)`,
  );
  chmodSync(folder, 0o755);
  chmodSync(harness, 0o644);
  writeFileSync(harness, text);
  writeFileSync(join(folder, 'dump_input.go'), readFileSync(dump));
  return copy;
}

function eachOnce(inputs) {
  const found = new Map();
  const byName = inputs.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const input of byName) {
    const { folder, files } = input;
    const key = JSON.stringify([folder, Object.entries(files).sort()]);
    if (!found.has(key)) found.set(key, input);
  }
  return [...found.values()];
}
