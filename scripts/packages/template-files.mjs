import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../source-hash.mjs';

/** Stays here: its skeleton is a service of this repository's own making. */
const own = new Set(['dojo-service']);

/** The templates that adopters get with the package of the actions, relative to the repository. */
export function templateFiles() {
  return readdirSync(join(ROOT, 'templates'))
    .filter(name => !own.has(name))
    .map(name => join('templates', name, 'template.yaml'));
}
