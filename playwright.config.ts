import { defineConfig } from '@playwright/test';

// scripts/suites/browser-suite.mjs chooses a free port; a developer who runs `yarn playwright test` gets this one.
const port = process.env.PORTAL_PORT ?? '7107';
const url = `http://localhost:${port}`;
// bench/page measures what a reader waits for; no suite does, where others run beside.
const measures = process.env.DOJO_MEASURE === '1';
const data = process.env.PORTAL_DATA ?? '.cache/browser-data';

export default defineConfig({
  testDir: 'packages/app/e2e-tests',
  testMatch: measures ? '**/*.measure.ts' : '**/*.test.ts',
  // The tests share one portal, and a release in it is there for all that follow.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  // Both say only how long a failure takes: three portals and their browsers share the cores with whatever else runs.
  timeout: 180_000,
  expect: { timeout: 45_000 },
  reporter: [['list'], ['json']],
  outputDir: data.replace('browser-data', 'browser-results'),
  use: {
    baseURL: url,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [
        // Root in a container has no sandbox to use.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  // Each test of some lanes of the suite has a portal of its own.
  ...(process.env.PORTAL_OWN !== '1' && {
    webServer: {
      command: `node scripts/start.mjs --reset --data ${data} --port ${port}`,
      url: `${url}/.backstage/health/v1/readiness`,
      timeout: 600_000,
      // Who writes a test starts the portal once, by that command.
      reuseExistingServer: process.env.PORTAL_REUSE === '1',
      gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
      stdout: 'pipe',
      stderr: 'pipe',
    },
  }),
});
