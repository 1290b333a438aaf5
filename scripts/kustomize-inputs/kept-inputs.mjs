/** What kustomize's own tests render, extracted once from its module and kept in .cache. */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { moduleFolder, modules } from '../go/published-modules.mjs';
import { ROOT } from '../source-hash.mjs';
import { extractInputs } from './extract-inputs.mjs';

/** @returns the JSON file of {@link extractInputs}' answer. */
export function keptInputs() {
  const hash = createHash('sha256').update(JSON.stringify(modules.kustomize));
  for (const name of ['dump_input.go', 'extract-inputs.mjs']) {
    hash.update(readFileSync(join(ROOT, 'scripts/kustomize-inputs', name)));
  }
  const key = hash.digest('hex').slice(0, 16);
  const kept = join(ROOT, '.cache/kustomize-inputs', `${key}.json`);
  if (existsSync(kept)) return kept;
  process.stderr.write(
    "• Go runs kustomize's own tests for what they render (once, up to a minute)\n",
  );
  const inputs = extractInputs(moduleFolder(modules.kustomize));
  mkdirSync(dirname(kept), { recursive: true });
  const temporary = `${kept}.${process.pid}`;
  writeFileSync(temporary, JSON.stringify(inputs));
  renameSync(temporary, kept);
  return kept;
}
