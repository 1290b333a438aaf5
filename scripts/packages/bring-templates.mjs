/**
 * Brings the templates into the package of the actions that they are made of, while it is packed: an adopter registers
 * them from node_modules. `--away` removes them again.
 */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../source-hash.mjs';
import { templateFiles } from './template-files.mjs';

const module = join(ROOT, 'plugins/scaffolder-backend-module-dojo');

rmSync(join(module, 'templates'), { recursive: true, force: true });
if (!process.argv.includes('--away')) {
  for (const file of templateFiles())
    cpSync(join(ROOT, file), join(module, file));
}
