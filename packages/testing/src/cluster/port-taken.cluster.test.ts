import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { close, listen } from '../git/start-git-server';
import { clusterPort } from './cluster-port';
import { startCluster } from './start-cluster';

jest.setTimeout(120_000);

jest.mock('./cluster-port', () => ({
  clusterPort: jest.fn(jest.requireActual('./cluster-port').clusterPort),
}));

describe('startCluster', () => {
  describe('when somebody took its port in the meantime', () => {
    it('takes another', async () => {
      const server = createServer();
      await listen(server);
      const { port } = server.address() as AddressInfo;
      jest.mocked(clusterPort).mockResolvedValueOnce(port);
      const cluster = await startCluster({ node: false });
      expect(cluster.url).not.toContain(String(port));
      // Another one may be taken as well.
      expect(jest.mocked(clusterPort).mock.calls.length).toBeGreaterThan(1);
      await cluster.stop();
      await close(server);
    });
  });
});
