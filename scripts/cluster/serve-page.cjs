const { createServer, request: ask } = require('node:http');

const containerPort = 8000;

/**
 * An address of this machine that stays while pods come and go: it leads to the ledger's pod of an environment. Returns its
 * name and URL.
 */
exports.servePage = async function servePage(
  cluster,
  { environment, namespace, firstPort },
) {
  const { freePort } = await import('../portal/free-port.mjs');
  const port = await freePort(firstPort);
  const server = createServer((request, response) => {
    forward(cluster, namespace, request, response).catch(error => {
      if (!response.headersSent) response.writeHead(502);
      response.end(`${error.message}\n`);
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return { environment, url: `http://localhost:${port}` };
};

async function forward(cluster, namespace, request, response) {
  const address = await addressOf(cluster, namespace);
  if (address === undefined) {
    response
      .writeHead(503, { 'content-type': 'text/plain; charset=utf-8' })
      .end('No pod of the ledger is ready here: deploy it from the portal.\n');
    return;
  }
  const [host, port] = address.split(':');
  const { method, url: path, headers } = request;
  const passed = ask({ host, port, method, path, headers }, answer => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  passed.on('error', error => response.destroy(error));
  request.pipe(passed);
}

async function addressOf(cluster, namespace) {
  const { items } = await cluster.request(
    'GET',
    `/api/v1/namespaces/${namespace}/pods`,
  );
  const ready = items.find(
    ({ metadata, status }) =>
      metadata.deletionTimestamp === undefined &&
      status.conditions?.some(
        ({ type, status: is }) => type === 'Ready' && is === 'True',
      ),
  );
  return (
    ready &&
    cluster.node.addressOf(namespace, ready.metadata.name, containerPort)
  );
}
