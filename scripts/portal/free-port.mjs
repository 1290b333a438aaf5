import { createServer } from 'node:net';

/** The first port from `first` on that nobody on this machine listens at, on either loopback address. */
export async function freePort(first) {
  for (let port = first; port < first + 100; port += 1) {
    const free = await Promise.all(
      ['127.0.0.1', '::1'].map(host => isFree(port, host)),
    );
    if (free.every(Boolean)) return port;
  }
  throw new Error(`the ports ${first} to ${first + 99} are all taken`);
}

const isFree = (port, host) =>
  new Promise(resolve => {
    const probe = createServer()
      // A machine without IPv6 has no ::1, and nobody there.
      .once('error', error => resolve(error.code !== 'EADDRINUSE'))
      .listen({ port, host }, () => probe.close(() => resolve(true)));
  });
