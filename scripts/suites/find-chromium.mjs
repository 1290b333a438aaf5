import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const commands = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * The browser of the browser suite: `CHROMIUM_PATH`, else one on PATH, else Playwright's own download, else (as root on
 * Debian) the `chromium` package, which is installed. Throws with how to get one.
 */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (existsSync(given)) return given;
    throw new Error(`CHROMIUM_PATH is ${given}, and nothing is there`);
  }
  return onPath() ?? playwrightsOwn() ?? installed();
}

const onPath = () =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap(folder => commands.map(command => join(folder, command)))
    .find(existsSync);

const playwrightsOwn = () =>
  [chromium.executablePath()].find(path => path && existsSync(path));

function installed() {
  const isDebian = spawnSync('apt-get', ['--version']).status === 0;
  if (!isDebian || process.getuid?.() !== 0) {
    throw new Error(
      'there is no Chromium: install Chromium or Google Chrome, or run `yarn playwright install chromium`, or set CHROMIUM_PATH',
    );
  }
  process.stderr.write('• Chromium is installed with apt-get\n');
  const apt = args =>
    execFileSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt(['update', '-q']);
  apt(['install', '-q', '-y', '--no-install-recommends', 'chromium']);
  return onPath();
}
