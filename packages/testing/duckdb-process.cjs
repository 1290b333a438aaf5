/**
 * DuckDB in a process of its own: a database that is opened twice in one process silently loses rows. Reads one request as
 * JSON from stdin (src/duckdb/node-duckdb.ts).
 */
const { DuckDBInstance } = require('@duckdb/node-api');

async function main() {
  const requests = {
    read: async ({ paths, queries }) => {
      const answers = [];
      for (const path of paths) answers.push(await read(path, queries));
      process.stdout.write(JSON.stringify(answers));
    },
    run: async ({ path, sql, keepWal }) => {
      const instance = await DuckDBInstance.create(path);
      const connection = await instance.connect();
      if (keepWal) {
        await connection.run('PRAGMA disable_checkpoint_on_shutdown');
        await connection.run("SET wal_autocheckpoint = '1TB'");
      }
      await connection.run(sql);
      connection.closeSync();
      instance.closeSync();
    },
    hold: async ({ path, access }) => {
      const instance = await DuckDBInstance.create(path, {
        access_mode: access === 'read' ? 'READ_ONLY' : 'READ_WRITE',
      });
      process.stdout.write('held\n');
      // Until stdin ends, or the process is killed.
      for await (const ignored of process.stdin) void ignored;
      instance.closeSync();
    },
  };
  const asked = JSON.parse(await firstLine());
  await requests[asked.kind](asked);
}

async function read(path, queries) {
  try {
    const instance = await DuckDBInstance.create(path, {
      access_mode: 'READ_ONLY',
    });
    const connection = await instance.connect();
    const texts = [];
    for (const query of queries) {
      const reader = await connection.runAndReadAll(query);
      texts.push(String(reader.getRowsJson()[0]?.[0]));
    }
    connection.closeSync();
    instance.closeSync();
    return { texts };
  } catch (error) {
    return { error: String(error.message).split('\n')[0] };
  }
}

/** All of stdin, or what comes before the first line end. */
async function firstLine() {
  let text = '';
  for await (const chunk of process.stdin.iterator({
    destroyOnReturn: false,
  })) {
    text += chunk;
    if (text.includes('\n')) break;
  }
  return text;
}

main().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
