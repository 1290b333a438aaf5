/** A forge in a process of its own, so that what it costs is not counted for the portal. Forked by measure-refresh.ts. */
import { startGitServer } from '../../packages/testing/src/git/start-git-server';

async function main(root: string): Promise<void> {
  const server = await startGitServer({ root });
  process.on('message', () => {
    process.send?.({ requests: server.requests.length, bytes: server.bytes() });
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ url: server.url });
}

void main(process.argv[2]);
