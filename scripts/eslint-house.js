/**
 * Backstage's ESLint rules and the house's own, which a reviewer would otherwise have to remember
 * (docs/adr/0001-the-house.md): dependencies point one way, and the engines of packages/core touch nothing outside
 * but through their adapters. eslint-house.test.mjs has an offending file for each.
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
const testOnly = forbid(
  ['backstage-plugin-dojo-common/testUtils'],
  'results for tests are in tests alone',
);
const rule = (files, excludedFiles, patterns, more = {}) => ({
  files,
  excludedFiles: [...excludedFiles, ...testFiles],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      { patterns: [...patterns, testOnly] },
    ],
    ...more,
  },
});

const noOutside = {
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

/** The rooms of packages/core. A room imports itself, and what is on a floor below its own. */
const rooms = {
  engines: ['release', 'migrate', 'deploy', 'service', 'delivery'],
  adapters: ['git', 'oci', 'forge', 'kubernetes', 'kustomize', 'duckdb'],
  /** What adapters share to reach this machine and the network. */
  reach: ['local', 'http'],
  /** What all share, and that touches nothing. */
  ground: ['text', 'plan', 'effect', 'repository', 'cluster'],
};

/** Imports of rooms, from any depth of a neighbour: `../git/run-git`, `../../git/run-git`. */
const noRoom = (names, message) =>
  forbid(
    names.flatMap(name => [`**/../${name}`, `**/../${name}/**`]),
    message,
  );
const without = (names, name) => names.filter(other => other !== name);

const source = ['src/**/*.ts', 'src/**/*.tsx'];
const upwards = forbid(
  ['backstage-plugin-*', '!backstage-plugin-dojo-common', 'dojo-portal-cli'],
  'the direction is the other way',
);
const port =
  'engines reach the outside through a port that an adapter implements';
/** Ours, of the name of a module of Node's; who may import it is said by its floor. */
const ourHttp = ['!../http', '!../http/**'];
const pure = [
  noBackstage,
  upwards,
  forbid([...outside, ...systems, ...ourHttp], port),
];

const coreRooms = [
  ...rooms.engines.map(engine =>
    rule(
      [`src/${engine}/**/*.ts`],
      [],
      [
        ...pure,
        noRoom(
          without(rooms.engines, engine),
          'engines stand side by side: what two share goes to a room of its own',
        ),
        noRoom([...rooms.adapters, ...rooms.reach], port),
      ],
      noOutside,
    ),
  ),
  ...rooms.adapters.map(adapter =>
    rule(
      [`src/${adapter}/**/*.ts`],
      [],
      [
        noBackstage,
        upwards,
        noRoom(
          without(rooms.adapters, adapter),
          'adapters stand side by side: what two share goes to local, http or text',
        ),
      ],
    ),
  ),
  rule(
    rooms.reach.map(name => `src/${name}/**/*.ts`),
    [],
    [
      noBackstage,
      upwards,
      noRoom(
        [...rooms.engines, ...rooms.adapters],
        'what adapters share knows none of them, and no engine',
      ),
    ],
  ),
  rule(
    rooms.ground.map(name => `src/${name}/**/*.ts`),
    [],
    [
      ...pure,
      noRoom(
        [...rooms.engines, ...rooms.adapters, ...rooms.reach],
        'what all share knows none of them',
      ),
    ],
    noOutside,
  ),
  // A room that nobody has put on a floor yet has the strictest rules.
  rule(
    source,
    [
      ...Object.values(rooms)
        .flat()
        .map(name => `src/${name}/**`),
      'src/*.ts',
    ],
    pure,
    noOutside,
  ),
];

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
  'packages/core': coreRooms,
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
  'catalog-backend-module-dojo',
]) {
  house[`plugins/${name}`] = [rule(source, [], [engines, database])];
}
house['plugins/dojo-node'] = [rule(source, [], [database])];
house['plugins/dojo-react'] = [rule(source, [], [engines, database, upwards])];

module.exports = directory => {
  const name = relative(`${__dirname}/..`, directory);
  return factory(directory, {
    rules: { '@typescript-eslint/no-explicit-any': 'error' },
    overrides: house[name] ?? [rule(source, [], [])],
  });
};
