/**
 * The runners of migrations that are compared, each as its users start it. A runner has
 * `start` (a command of the same kind that has nothing to do: its price is taken off), `write(folder, migrations)`,
 * the commands `migrate(file, folder)` and `check(file, folder)` (ends with 0 when nothing is pending), and `applied`
 * (how a ledger counts what was applied).
 */
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPeer, installPython } from '../shared/install-peer.mjs';
import { runTimed } from '../shared/measure.mjs';
import { DOJO } from '../shared/places.mjs';

export const PEERS = join(dirname(fileURLToPath(import.meta.url)), 'peers');

/** Milliseconds of a command of a runner. */
export const execute = ([command, ...args]) => runTimed(command, args).ms;

const sqlOf = ({ statements }) =>
  statements.map(statement => `${statement};\n`).join('');

function writeFiles(folder, files) {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
}

const writeSql = (folder, migrations) =>
  writeFiles(
    folder,
    migrations.map(each => [`${each.id}_${each.name}.sql`, sqlOf(each)]),
  );

/** A Python migration: what comes before `upgrade`, and how it executes a statement. */
const pythonOf = ({ statements }, head, parameter, execute) =>
  [
    ...head,
    `def upgrade(${parameter}):`,
    // A JSON string is a Python string.
    ...statements.map(each => `    ${execute}(${JSON.stringify(each)})`),
    `def downgrade(${parameter}):`,
    '    pass',
    '',
  ].join('\n');

export const dojo = {
  name: 'dojo',
  start: ['node', '-e', '0'],
  write: writeSql,
  migrate: (file, folder) => dojoMigrate(file, folder),
  check: (file, folder) => dojoMigrate(file, folder, '--check', '--current'),
  applied: 'SELECT count(*) FROM applied_migrations',
};

const dojoMigrate = (file, folder, ...flags) => [
  ...['node', DOJO, 'migrate', '--json', ...flags],
  ...['--database', file, '--migrations', folder],
];

/** The engine alone. It remembers nothing: give it the pending migrations only. */
export const inPlace = {
  name: 'DuckDB in place, no runner',
  start: ['node', join(PEERS, 'in-place.mjs')],
  write: writeSql,
  migrate: (file, folder) => [...inPlace.start, file, folder],
};

export const javaVersion = () =>
  runTimed('java', ['--version']).stdout.split('\n')[0];

/** `temporary`: where the JVM unpacks the engine at each start. */
export function flyway(temporary) {
  const manifest = {
    name: 'pom.xml',
    text: readFileSync(join(PEERS, 'pom.xml'), 'utf8'),
  };
  const home = installPeer('flyway', manifest, folder => {
    runTimed(
      'mvn',
      ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib'],
      { cwd: folder },
    );
  });
  const classes = join(home, 'classes');
  const classpath = `${classes}:${readdirSync(join(home, 'lib'))
    .map(jar => join(home, 'lib', jar))
    .join(':')}`;
  runTimed('javac', [
    ...['-cp', classpath, '-d', classes],
    join(PEERS, 'FlywayPeer.java'),
  ]);
  const java = [
    ...['java', `-Djava.io.tmpdir=${temporary}`, '-cp', classpath],
    'FlywayPeer',
  ];
  return {
    name: 'Flyway 13.12.0',
    start: [...java, 'start'],
    write: (folder, migrations) =>
      writeFiles(
        folder,
        migrations.map(each => [`V${each.id}__${each.name}.sql`, sqlOf(each)]),
      ),
    migrate: (file, folder) => [...java, 'migrate', file, folder],
    check: (file, folder) => [...java, 'validate', file, folder],
    applied:
      'SELECT count(*) FROM flyway_schema_history WHERE success AND version IS NOT NULL',
  };
}

export function duckup() {
  const bin = installPython('duckup', ['duckup==1.0.0', 'duckdb==1.5.6']);
  const upgrade = (file, folder) => [
    ...[join(bin, 'duckup'), '-q', 'upgrade', file, '--dir', folder],
  ];
  return {
    name: 'duckup 1.0.0',
    start: [join(bin, 'duckup'), '--help'],
    write: (folder, migrations) =>
      writeFiles(
        folder,
        migrations.map(each => [
          `${each.id}_${each.name}.py`,
          pythonOf(each, [], 'connection', 'connection.execute'),
        ]),
      ),
    migrate: upgrade,
    // It has no check: a second run is as near as it comes.
    check: upgrade,
    applied: 'SELECT version FROM migrations',
  };
}

export function alembic() {
  const bin = installPython('alembic', [
    ...['alembic==1.20.1', 'SQLAlchemy==2.1.9'],
    ...['duckdb-engine==0.17.0', 'duckdb==1.5.6'],
  ]);
  const command = (file, folder, ...words) => [
    ...[join(bin, 'alembic'), '-c', join(folder, 'alembic.ini')],
    ...['-x', `database=${file}`, ...words],
  ];
  const revision = (each, previous) =>
    pythonOf(
      each,
      [
        'from alembic import op',
        `revision = "${each.id}"`,
        `down_revision = ${previous ? `"${previous.id}"` : 'None'}`,
      ],
      '',
      'op.execute',
    );
  return {
    name: 'Alembic 1.20.1',
    start: [
      ...[join(bin, 'python'), '-c'],
      'import alembic.config, alembic.context, duckdb_engine',
    ],
    write(folder, migrations) {
      writeFiles(folder, [
        ['alembic.ini', `[alembic]\nscript_location = ${folder}\n`],
      ]);
      cpSync(join(PEERS, 'alembic_env.py'), join(folder, 'env.py'));
      writeFiles(
        join(folder, 'versions'),
        migrations.map((each, at) => [
          `${each.id}_${each.name}.py`,
          revision(each, migrations[at - 1]),
        ]),
      );
    },
    migrate: (file, folder) => command(file, folder, 'upgrade', 'head'),
    check: (file, folder) => command(file, folder, 'current', '--check-heads'),
    applied: 'SELECT version_num::INTEGER FROM alembic_version',
  };
}
