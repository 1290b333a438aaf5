/**
 * Prints what the tests need from elsewhere, as JSON. How programs are started (name: command and first arguments): they
 * are the machine's own where it has them, else tools/testbed, which Go builds once. And where files of other projects are
 * (name: path), which Go fetches once.
 *
 * Usage: node scripts/testbed.mjs registry | cluster | modules | kustomize-inputs | nix | workflow-linter
 */
import { moduleFolders } from './go/published-modules.mjs';
import { findCluster, findRegistry } from './go/testbed-programs.mjs';
import { findWorkflowLinter } from './go/workflow-linter.mjs';
import { keptInputs } from './kustomize-inputs/kept-inputs.mjs';
import { findNix } from './nix/find-nix.mjs';

const finders = {
  registry: findRegistry,
  cluster: findCluster,
  modules: moduleFolders,
  'kustomize-inputs': () => ({ file: keptInputs() }),
  nix: () => ({ nix: [findNix().command] }),
  'workflow-linter': async () => ({ linter: [await findWorkflowLinter()] }),
};

try {
  const find = finders[process.argv[2]];
  if (!find) {
    throw new Error(`Usage: testbed.mjs ${Object.keys(finders).join(' | ')}`);
  }
  process.stdout.write(`${JSON.stringify(await find())}\n`);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
