import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { createRequire } from 'node:module';

// ESLint comes with Backstage's own tools.
const { ESLint } = createRequire(
  import.meta.resolve('@backstage/cli/package.json'),
)('eslint');
const root = fileURLToPath(new URL('..', import.meta.url));

/** One for each package: its configuration is read once. */
const linters = new Map();
async function problemsOf(path, code) {
  const [, name] = /^((?:packages|plugins)\/[^/]+)\//.exec(path);
  if (!linters.has(name)) {
    linters.set(name, new ESLint({ cwd: join(root, name) }));
  }
  const [{ messages }] = await linters
    .get(name)
    .lintText(code, { filePath: join(root, path) });
  return messages
    .filter(({ ruleId }) => /no-restricted-/.test(ruleId))
    .map(({ message }) => message);
}

const importing = module => `import { it } from '${module}';\nit();\n`;

const besideEngines = /engines stand side by side/;
const throughPorts = /engines reach the outside through a port/;
const besideAdapters = /adapters stand side by side/;
const upwards = /the direction is the other way/;
const noBackstage = /know no Backstage/;
const ground = /what all share knows none of them/;

/** Offending files, each with what is said of it. */
const offences = [
  // Engine -> engine, from each depth.
  ['core/src/release/a.ts', '../migrate/migrate', besideEngines],
  ['core/src/release/effects/a.ts', '../../migrate/ports', besideEngines],
  ['core/src/migrate/a.ts', '../release/ports', besideEngines],
  ['core/src/migrate/sql/a.ts', '../../deploy/ports', besideEngines],
  ['core/src/deploy/a.ts', '../release', besideEngines],
  // Engine -> adapter, and what adapters share.
  ['core/src/release/a.ts', '../git/run-git', throughPorts],
  ['core/src/release/effects/a.ts', '../../oci/manifest', throughPorts],
  ['core/src/migrate/a.ts', '../duckdb/local-database', throughPorts],
  ['core/src/deploy/a.ts', '../kubernetes/kubernetes-client', throughPorts],
  ['core/src/deploy/overlay/a.ts', '../../kustomize/render', throughPorts],
  ['core/src/migrate/a.ts', '../local/run-process', throughPorts],
  ['core/src/release/a.ts', '../http/retry', throughPorts],
  // Engine -> the outside itself.
  ['core/src/release/a.ts', 'node:fs', throughPorts],
  ['core/src/migrate/a.ts', 'node:child_process', throughPorts],
  ['core/src/deploy/a.ts', '@kubernetes/client-node', throughPorts],
  ['core/src/migrate/a.ts', '@duckdb/node-api', throughPorts],
  // Adapter -> adapter.
  ['core/src/git/a.ts', '../duckdb/duckdb-errors', besideAdapters],
  ['core/src/duckdb/files/a.ts', '../../git/run-git', besideAdapters],
  ['core/src/oci/a.ts', '../forge/github-client', besideAdapters],
  ['core/src/kustomize/a.ts', '../git/run-git', besideAdapters],
  // What is shared -> who shares it.
  ['core/src/local/a.ts', '../git/git-errors', /knows none of them/],
  ['core/src/http/a.ts', '../oci/oci-errors', /knows none of them/],
  ['core/src/local/a.ts', '../migrate/ports', /and no engine/],
  ['core/src/http/a.ts', '../../release/ports', /and no engine/],
  ['core/src/repository/a.ts', '../release/ports', ground],
  ['core/src/repository/a.ts', '../git/git-errors', ground],
  ['core/src/plan/a.ts', '../local/run-process', ground],
  ['core/src/effect/a.ts', '../migrate/ports', ground],
  ['core/src/text/a.ts', 'node:fs', throughPorts],
  // Downwards from the packages above.
  ['core/src/release/a.ts', '@backstage/errors', noBackstage],
  ['core/src/git/a.ts', '@backstage/errors', noBackstage],
  ['core/src/git/a.ts', 'backstage-plugin-dojo-node', upwards],
  ['core/src/release/a.ts', 'dojo-portal-cli', upwards],
  ['core/src/new-room/a.ts', 'node:fs', throughPorts],
  ['cli/src/a.ts', '@backstage/errors', noBackstage],
  ...['core/src/release', 'core/src/git', 'cli/src', 'app/src'].map(folder => [
    `${folder}/a.ts`,
    'backstage-plugin-dojo-common/testUtils',
    /in tests alone/,
  ]),
].map(([path, module, said]) => [`packages/${path}`, module, said]);
const inPlugins = [
  ['dojo-common/src/a.ts', 'node:fs', /isomorphic/],
  ['dojo-common/src/a.ts', '@backstage/errors', noBackstage],
  ['dojo-common/src/a.ts', 'dojo-portal-core', /none of our packages/],
  ['dojo-backend/src/a.ts', 'dojo-portal-core', /through dojo-node/],
  ['dojo-backend/src/a.ts', 'dojo-portal-core/release', /through dojo-node/],
  ['dojo/src/a.ts', 'dojo-portal-core', /through dojo-node/],
  ['dojo-react/src/a.ts', 'backstage-plugin-dojo', upwards],
  ['dojo-react/src/a.ts', 'backstage-plugin-scaffolder-module-dojo', upwards],
  ['dojo-react/src/a.ts', 'dojo-portal-core', /through dojo-node/],
  ['dojo-react/src/a.ts', '@duckdb/node-api', /child process only/],
  ['dojo-node/src/a.ts', '@duckdb/node-api', /child process only/],
  // Results for tests.
  ...['dojo', 'dojo-react', 'dojo-node', 'scaffolder-module-dojo'].map(name => [
    `${name}/src/a.ts`,
    'backstage-plugin-dojo-common/testUtils',
    /in tests alone/,
  ]),
].map(([path, module, said]) => [`plugins/${path}`, module, said]);

/** Code that reaches out of an engine without an import. */
const globals = [
  ['process.exit(1);', /process/],
  ["fetch('https://example.com');", /fetch/],
  ['export const now = Date.now();', /Clock port/],
  ['export const now = new Date();', /Clock port/],
  ['export const chance = Math.random();', /Chance is passed in/],
];

const legal = [
  ['packages/core/src/release/a.ts', '../repository/version-tags'],
  ['packages/core/src/release/effects/a.ts', '../../plan/plan-hash'],
  ['packages/core/src/migrate/files/a.ts', '../sql/sql-lexer'],
  ['packages/core/src/duckdb/files/a.ts', '../engine/quote-sql'],
  ['packages/core/src/duckdb/a.ts', '../migrate/ports'],
  ['packages/core/src/git/a.ts', '../local/run-process'],
  ['packages/core/src/oci/a.ts', '../http/retry'],
  ['packages/core/src/entries/a.ts', '../http/retry'],
  ['packages/core/src/git/a.ts', 'node:fs'],
  ['packages/core/src/release/a.test.ts', '../git/git-opener'],
  ['packages/core/src/index.ts', './git/git-opener'],
  ['plugins/dojo-node/src/a.ts', 'dojo-portal-core/release'],
  ['plugins/dojo-react/src/a.ts', 'backstage-plugin-dojo-common'],
  [
    'plugins/dojo-react/src/a.test.ts',
    'backstage-plugin-dojo-common/testUtils',
  ],
  ['plugins/dojo-react/src/a.ts', 'backstage-plugin-dojo-common/permissions'],
];

describe('the house’s lint', { timeout: 120_000 }, () => {
  for (const [path, module, said] of [...offences, ...inPlugins]) {
    it(`refuses ${module} in ${path}`, async () => {
      const problems = await problemsOf(path, importing(module));
      assert.ok(
        problems.some(problem => said.test(problem)),
        `${said} is not among: ${problems.join('; ') || 'no problems'}`,
      );
    });
  }

  for (const [code, said] of globals) {
    it(`refuses ${code} in an engine and in what all share`, async () => {
      for (const room of ['release', 'migrate', 'deploy', 'plan', 'effect']) {
        const path = `packages/core/src/${room}/a.ts`;
        const problems = await problemsOf(path, `${code}\n`);
        assert.ok(
          problems.some(problem => said.test(problem)),
          `${path}: ${problems.join('; ') || 'no problems'}`,
        );
      }
    });
  }

  for (const [path, module] of legal) {
    it(`allows ${module} in ${path}`, async () => {
      assert.deepEqual(await problemsOf(path, importing(module)), []);
    });
  }
});
