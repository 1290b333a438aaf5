/**
 * Backstage's ESLint rules and the house's own, which a reviewer would otherwise have to remember
 * (docs/adr/0001-the-house.md): dependencies point one way, and the engines of packages/core touch nothing outside
 * but through their adapters.
 */
const { relative } = require('node:path');
const factory = require('@backstage/cli/config/eslint-factory');

const outside = [
  'fs',
  'fs/*',
  'child_process',
  'http',
  'https',
  'net',
  'tls',
  'os',
  'process',
].flatMap(name => [name, `node:${name}`]);
const systems = [
  'undici',
  '@kubernetes/client-node',
  '@octokit/*',
  '@duckdb/*',
];
const testFiles = ['**/*.test.ts', '**/*.test.tsx', '**/__testUtils__/**'];

const forbid = (group, message) => ({ group, message });
const noBackstage = forbid(
  ['@backstage/*'],
  'core, its command and dojo-common know no Backstage',
);
const rule = (files, excludedFiles, patterns, more = {}) => ({
  files,
  excludedFiles: [...excludedFiles, ...testFiles],
  rules: {
    '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
    ...more,
  },
});

const wall = {
  'no-restricted-globals': [
    'error',
    'process',
    'fetch',
    'console',
    'setTimeout',
    'setInterval',
  ],
  'no-restricted-syntax': [
    'error',
    {
      selector: "MemberExpression[object.name='Date'][property.name='now']",
      message: 'Time comes from the Clock port.',
    },
    {
      selector: "NewExpression[callee.name='Date'][arguments.length=0]",
      message: 'Time comes from the Clock port.',
    },
    {
      selector: "MemberExpression[object.name='Math'][property.name='random']",
      message: 'Chance is passed in.',
    },
  ],
};

const source = ['src/**/*.ts', 'src/**/*.tsx'];
const upwards = forbid(
  ['backstage-plugin-*', '!backstage-plugin-dojo-common', 'dojo-portal-cli'],
  'the direction is the other way',
);
const house = {
  'plugins/dojo-common': [
    rule(
      source,
      ['src/permissions.ts'],
      [
        noBackstage,
        forbid([...outside, ...systems], 'dojo-common is isomorphic'),
        forbid(
          ['dojo-portal-*', 'backstage-plugin-*'],
          'dojo-common depends on none of our packages',
        ),
      ],
    ),
  ],
  'packages/core': [
    rule(
      source,
      ['http', 'local', 'git', 'oci', 'forge', 'kubernetes', 'duckdb'].map(
        folder => `src/${folder}/**`,
      ),
      [
        noBackstage,
        upwards,
        forbid(
          [...outside, ...systems],
          'engines reach the outside through a port that an adapter implements',
        ),
      ],
      wall,
    ),
    rule(
      ['src/{http,local,git,oci,forge,kubernetes,duckdb}/**/*.ts'],
      [],
      [noBackstage, upwards],
    ),
  ],
  'packages/cli': [rule(source, [], [noBackstage])],
};
const engines = forbid(
  ['dojo-portal-*', 'dojo-portal-*/**'],
  'plugins reach the engines through dojo-node',
);
const database = forbid(
  ['@duckdb/*'],
  'a database is opened in a child process only: a second opener in one process silently loses committed rows',
);
for (const name of [
  'dojo',
  'dojo-backend',
  'scaffolder-module-dojo',
  'scaffolder-backend-module-dojo',
]) {
  house[`plugins/${name}`] = [rule(source, [], [engines, database])];
}
house['plugins/dojo-node'] = [rule(source, [], [database])];

module.exports = directory => {
  const name = relative(`${__dirname}/..`, directory);
  return factory(directory, {
    rules: { '@typescript-eslint/no-explicit-any': 'error' },
    overrides: house[name] ?? [],
  });
};
