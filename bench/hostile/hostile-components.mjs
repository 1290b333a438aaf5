/** Components whose repositories and databases were made to stop who reads them. */
import { join } from 'node:path';
import { runTimed } from '../shared/measure.mjs';

const person = 'A U Thor <a@example.com>';
const data = text => `data ${Buffer.byteLength(text)}\n${text}\n`;

/** One commit of a `git fast-import` stream. */
function commit(at, message, files = {}) {
  const from = at === 1 ? '' : `from :${at - 1}\n`;
  const changes = Object.entries(files).map(
    ([path, text]) => `M 100644 inline ${path}\n${data(text)}`,
  );
  return `commit refs/heads/main\nmark :${at}\ncommitter ${person} ${
    1_600_000_000 + at * 60
  } +0000\n${data(message)}${from}${changes.join('')}`;
}

const tagOf = at =>
  `tag v1.0.0\nfrom :${at}\ntagger ${person} 1600000000 +0000\n${data(
    'v1.0.0',
  )}`;

function repository(forge, name, pieces) {
  const path = join(forge, `${name}.git`);
  runTimed('git', ['init', '-q', '--bare', '-b', 'main', path]);
  runTimed('git', ['-C', path, 'fast-import', '--quiet'], {
    input: pieces.join(''),
  });
}

const bigYaml = Array.from(
  { length: 20_000 },
  (_, at) => `key${at}: value\n`,
).join('');

/** Each is made once in a forge, and planned as it says. */
const kinds = [
  {
    name: 'big-yaml',
    plan: { kind: 'release', body: { versionFiles: ['Chart.yaml'] } },
    pieces: () => [
      commit(1, 'feat: begin', { 'Chart.yaml': `version: 1.0.0\n${bigYaml}` }),
      tagOf(1),
      commit(2, 'feat: more', { a: '1' }),
    ],
  },
  {
    name: 'huge-messages',
    plan: { kind: 'release', body: {} },
    pieces: () => {
      const long = `feat: much\n\n${'lorem ipsum '.repeat(2_000_000)}`;
      const more = Array.from({ length: 20 }, (_, at) => commit(at + 2, long));
      return [commit(1, 'feat: begin', { a: '1' }), tagOf(1), ...more];
    },
  },
  {
    name: 'many-commits',
    plan: { kind: 'release', body: {} },
    pieces: () => {
      const long = `feat: much\n\n${'a line of text\n'.repeat(2_000)}`;
      const more = Array.from({ length: 5_600 }, (_, at) =>
        commit(at + 2, long),
      );
      return [commit(1, 'feat: begin', { a: '1' }), tagOf(1), ...more];
    },
  },
  {
    name: 'long-e-string',
    plan: { kind: 'migration', body: { environment: 'dev' } },
    pieces: () => [
      commit(1, 'feat: begin', {
        'migrations/0001_a.sql': `SELECT E'x' ${'-'.repeat(200)}\n;\n`,
      }),
      tagOf(1),
    ],
  },
  {
    name: 'endless-sql',
    plan: { kind: 'migration', body: { environment: 'dev' } },
    pieces: () => [
      commit(1, 'feat: begin', {
        'migrations/0001_a.sql':
          'CREATE TABLE a(i BIGINT);\nINSERT INTO a SELECT range FROM range(100000000000);\n',
      }),
      tagOf(1),
    ],
    // Applied by an application of its own: what the file makes can only be told by running it.
    database:
      "CREATE TABLE a(i BIGINT); CREATE TABLE applied_migrations(id VARCHAR PRIMARY KEY); INSERT INTO applied_migrations VALUES ('0001_a')",
  },
];

/** `copies` of each: its plan, its catalog entity, and how its repository and database are made. */
export function hostileComponents(copies) {
  return kinds.flatMap(kind =>
    Array.from({ length: copies }, (_, at) => toComponent(kind, at + 1)),
  );
}

function toComponent({ name, plan, pieces, database }, copy) {
  const component = `${name}-${copy}`;
  return {
    name,
    kind: plan.kind,
    body: { component: `component:default/${component}`, ...plan.body },
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: component,
        annotations: {
          'dojo/repository': `file:${component}.git`,
          'dojo/migrations': 'migrations',
        },
      },
      spec: { type: 'service', lifecycle: 'x', owner: 'group:default/x' },
    },
    /** Makes them below the portal's data folder. */
    make(folder) {
      repository(join(folder, 'forge'), component, pieces());
      if (!database) return;
      const databases = join(folder, 'data', 'dev');
      makeDatabase(join(databases, `${component}.duckdb`), database);
    },
  };
}

function makeDatabase(path, sql) {
  const script = `
    const { DuckDBInstance } = require('@duckdb/node-api');
    DuckDBInstance.create(process.argv[1]).then(async instance => {
      const connection = await instance.connect();
      await connection.run(process.argv[2]);
      connection.closeSync();
      instance.closeSync();
    });`;
  runTimed(process.execPath, ['-e', script, path, sql]);
}
