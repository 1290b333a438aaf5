/**
 * What runs in the ledger's pods in `./scripts/start --cluster`: a page that says which version it is, and where. As the
 * ledger itself, it does not start without the folder of its database.
 */
const { createServer } = require('node:http');
const { dirname } = require('node:path');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');

const {
  PORT,
  HOSTNAME = '',
  LEDGER_DB_PATH = 'ledger.duckdb',
  LEDGER_ENV = '',
  LEDGER_IMAGE = '',
  LEDGER_TIME_ZONE = 'UTC',
  LEDGER_VERSION = '',
} = process.env;

if (!existsSync(dirname(LEDGER_DB_PATH))) {
  process.stderr.write(
    `LEDGER_DB_PATH is ${LEDGER_DB_PATH}, and there is no folder ${dirname(
      LEDGER_DB_PATH,
    )}\n`,
  );
  process.exit(1);
}

process.stdout.write('reading the configuration\n');
try {
  Intl.DateTimeFormat('en', { timeZone: LEDGER_TIME_ZONE });
} catch {
  process.stderr.write(
    `LEDGER_TIME_ZONE is ${LEDGER_TIME_ZONE}, and no time zone has this name\n`,
  );
  process.exit(1);
}

/** On the claim, so that it is there when the pod is another one. */
const visitsFile = `${dirname(LEDGER_DB_PATH)}/visits`;

function countVisit() {
  let visits = 0;
  try {
    visits = Number(readFileSync(visitsFile, 'utf8'));
  } catch {
    // The first one.
  }
  writeFileSync(visitsFile, String(visits + 1));
  return visits + 1;
}

const escaped = text =>
  text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);

const page = visits => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Ledger ${escaped(LEDGER_VERSION)}</title>
<style>
  :root { color-scheme: light dark; font-family: system-ui, sans-serif; }
  body { max-width: 40rem; margin: 4rem auto; padding: 0 1rem; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .5rem 1.5rem; }
  dd { margin: 0; overflow-wrap: anywhere; }
</style>
<h1>Ledger ${escaped(LEDGER_VERSION)}</h1>
<p>This page comes from the pod itself.</p>
<dl>
  <dt>Pod</dt><dd>${escaped(HOSTNAME)}</dd>
  <dt>Environment</dt><dd>${escaped(LEDGER_ENV)}</dd>
  <dt>Image</dt><dd>${escaped(LEDGER_IMAGE)}</dd>
  <dt>Visits</dt><dd>${visits}, counted on the claim</dd>
</dl>
`;

const server = createServer((request, response) => {
  if (request.url === '/healthz' || request.url === '/readyz') {
    response.end('ok\n');
    return;
  }
  if (request.url !== '/') {
    response.writeHead(404).end('not found\n');
    return;
  }
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    .end(page(countVisit()));
}).listen(Number(PORT), '127.0.0.1');

process.on('SIGTERM', () => server.close(() => process.exit(0)));
process.stdout.write(`ledger ${LEDGER_VERSION} listens on ${PORT}\n`);
