import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import type { DuckdbReader, DatabaseAnswer } from './duckdb-reader';

/** The DuckDBs that an app may run: one of each minor version since 1.3. */
const versions = ['1.3.2', '1.4.5', '1.5.6', '2.0.0'] as const;
// eslint-disable-next-line no-restricted-syntax -- this package is never built: it only runs from the checkout
const cache = resolve(__dirname, '../../../../.cache/python-duckdb');

const script = `
import duckdb, json, sys
asked = json.load(sys.stdin)
answers = []
for path in asked["paths"]:
    try:
        connection = duckdb.connect(path, read_only=True)
        answers.append({"texts": [str(connection.execute(query).fetchone()[0]) for query in asked["queries"]]})
        connection.close()
    except Exception as error:
        answers.append({"error": str(error).split("\\n")[0]})
print(json.dumps(answers))
`;

const killedScript = `
import duckdb, json, os, sys
asked = json.load(sys.stdin)
connection = duckdb.connect(asked["path"])
connection.execute(asked["sql"])
os._exit(0)
`;

/** A DuckDB that an app may run. */
export interface PythonDuckdb extends DuckdbReader {
  /** Runs SQL on a file as an app that is killed right after it: what it committed is in the WAL. */
  runAndDie(path: string, sql: string): void;
}

/**
 * The Python DuckDBs, installed into .cache/python-duckdb from the package index that pip is set up with; none where the
 * machine has no python3 with pip.
 */
export function installPythonDuckdbs(): readonly PythonDuckdb[] {
  const pip = spawnSync('python3', ['-m', 'pip', '--version']);
  return pip.status === 0 ? versions.map(install) : [];
}

function install(version: string): PythonDuckdb {
  const target = join(cache, version);
  if (!existsSync(target)) {
    mkdirSync(cache, { recursive: true });
    const unfinished = mkdtempSync(join(cache, `.${version}-`));
    runPython(
      [
        ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'],
        ...['--no-deps', '--only-binary', ':all:', '--target', unfinished],
        `duckdb==${version}`,
      ],
      '',
      '',
    );
    putInPlace(unfinished, target);
  }
  return {
    name: `Python ${version}`,
    read: (paths, queries) =>
      JSON.parse(
        runPython(['-c', script], target, JSON.stringify({ paths, queries })),
      ) as DatabaseAnswer[],
    runAndDie: (path, sql) => {
      runPython(['-c', killedScript], target, JSON.stringify({ path, sql }));
    },
  };
}

/** Suites that run at once install it at once, and one of them is first. */
function putInPlace(unfinished: string, target: string): void {
  try {
    renameSync(unfinished, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
    rmSync(unfinished, { recursive: true });
  }
}

function runPython(
  args: readonly string[],
  modules: string,
  input: string,
): string {
  const { status, stdout, stderr } = spawnSync('python3', args, {
    input,
    encoding: 'utf8',
    env: { ...process.env, ...(modules && { PYTHONPATH: modules }) },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`python3 ${args.join(' ')}: ${stderr}`);
  return stdout;
}
