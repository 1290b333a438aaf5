import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { history } from '../examples/ledger-history/history.mjs';
import { makeRepository } from './portal/make-repository.mjs';

import { seedImages } from './seed-images.mjs';
import { seedLedger } from './seed-ledger.mjs';

const usage = `Usage: node scripts/copy-ledger.mjs --name <name> --data <folder> [--maintenance <pattern>]
  Makes a component like the ledger on its first day under another name, for a test that wants one of its own: repository,
  images, dev database, nothing deployed. What is there already stays as it is.
  --maintenance <pattern>  branches beside main that may be released: release/*`;

const { values: options } = parseArgs({
  options: {
    name: { type: 'string' },
    data: { type: 'string' },
    maintenance: { type: 'string' },
  },
});
const { name, data, maintenance } = options;
if (!name || !data) throw new Error(usage);
if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name)) {
  throw new Error(`${name} is not the name of a component`);
}
const folder = resolve(data);
const repository = join(folder, `forge/${name}.git`);
// Last the repository, by which the catalog finds it: then all else is there.
await seedLedger(join(folder, `data/dev/${name}.duckdb`), run);
if (!existsSync(repository)) {
  await makeRepository(repository, history.map(renamed));
}
await seedImages(join(folder, 'forge'), name);

async function run({ command, args, cwd, env }) {
  execFileSync(command, args, {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** The same commit, in a component of another name. */
function renamed(commit) {
  const entry = commit.changes['catalog-info.yaml'];
  if (!entry) return commit;
  return Object.assign(commit, {
    changes: {
      ...commit.changes,
      'catalog-info.yaml': (...before) =>
        entry(...before)
          .replace('name: ledger', `name: ${name}`)
          .replace('title: "Ledger"', `title: "${name}"`)
          .replace('file:ledger.git', `file:${name}.git`)
          .replace('oci:images/ledger', `oci:images/${name}`)
          .replace(/^( *)dojo\/image:.*\n/m, (line, indent) =>
            maintenance === undefined
              ? line
              : `${line}${indent}dojo/maintenance: '${maintenance}'\n`,
          ),
    },
  });
}
