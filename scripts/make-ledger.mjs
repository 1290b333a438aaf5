import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './source-hash.mjs';

// Not as modules: what @backstage/integration brings as one does not load in Node.
const require = createRequire(import.meta.url);
const { ConfigReader } = require('@backstage/config');
const { ScmIntegrations } = require('@backstage/integration');
const {
  createFetchTemplateAction,
} = require('@backstage/plugin-scaffolder-backend');

const TEMPLATE = join(ROOT, 'templates/dojo-service');

/** What somebody who makes the ledger would write into the form of the template dojo-service. */
const values = {
  name: 'ledger',
  package: 'ledger',
  prefix: 'LEDGER',
  title: 'Ledger',
  description:
    'Double-entry accounts and transactions on one embedded database',
  owner: 'group:default/accounting',
  system: 'bookkeeping',
  repository: 'file:ledger.git',
  image: 'oci:images/ledger',
  frontend: 'vue',
  forge: 'local',
  // Not this checkout's: the example would differ with each release of it.
  dojo: 'dojo-portal-cli@0.1.0',
};

/** The template's own step, outside of a task. */
const action = createFetchTemplateAction({
  reader: { readTree: () => Promise.reject(new Error('skeletons are local')) },
  integrations: ScmIntegrations.fromConfig(new ConfigReader({})),
});

/**
 * Makes the example service in the folder: what the template dojo-service makes with the ledger's values, on this
 * repository's migrations instead of the skeleton's.
 */
export async function makeLedger(folder) {
  await makeService(folder);
  const migrations = join(folder, 'src/ledger/sql/migrations');
  rmSync(migrations, { recursive: true });
  cpSync(join(ROOT, 'migrations'), migrations, {
    recursive: true,
    // Its links lead to the documentation of this repository.
    filter: path => !path.endsWith('README.md'),
  });
}

/** What the template makes: of the ledger's values, but for those that are given. */
export async function makeService(folder, changes = {}) {
  const chosen = { ...values, ...changes };
  await lay('./skeleton', folder, chosen);
  if (chosen.frontend === 'vue') await lay('./frontend', folder, chosen);
}

async function lay(url, folder, chosen) {
  const fetched = mkdtempSync(join(tmpdir(), 'make-ledger-'));
  try {
    await action.handler({
      input: { url, values: chosen, replace: true },
      workspacePath: folder,
      templateInfo: {
        baseUrl: pathToFileURL(join(TEMPLATE, 'template.yaml')).href,
      },
      logger: { info() {}, warn: console.warn },
      createTemporaryDirectory: async () => mkdtempSync(join(fetched, 'of-')),
    });
  } finally {
    rmSync(fetched, { recursive: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const example = join(ROOT, 'examples/ledger');
  rmSync(example, { recursive: true, force: true });
  await makeLedger(example);
}
