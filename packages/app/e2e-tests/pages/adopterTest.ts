import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from '@playwright/test';
import { portalData, root } from './portalData';

/** Installing a whole Backstage and bundling its frontend, on busy cores. */
const longestStart = 900_000;
const port = String(Number(process.env.PORTAL_PORT ?? 7107) + 200);

/** Tests of a freshly generated Backstage with the packages of this repository, as an adopter has it. */
export const adopterTest = test.extend<object, { adopter: string }>({
  adopter: [
    // Playwright reads from the pattern which fixtures are needed: none.
    // eslint-disable-next-line no-empty-pattern
    async ({}, provide) => {
      const child = spawn(
        process.execPath,
        [
          'scripts/adopter/start-adopter.mjs',
          ...['--data', `${portalData}-adopter`, '--port', port],
        ],
        { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
      );
      // A runner that is ended in between leaves no portal behind.
      process.once('exit', () => child.kill());
      let complains = '';
      child.stderr.on('data', chunk => {
        complains += chunk;
      });
      const url = await new Promise<string>((resolve, reject) => {
        child.once('exit', () => reject(new Error(complains)));
        child.stdout.on('data', chunk => {
          const [, address] = /^Portal (\S+)$/m.exec(String(chunk)) ?? [];
          if (address) resolve(address);
        });
      });
      await provide(url);
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
    { scope: 'worker', timeout: longestStart },
  ],
  baseURL: ({ adopter }, provide) => provide(adopter),
});
