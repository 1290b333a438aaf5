import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const wholeBrowsers = ['chromium', 'chromium-browser', 'google-chrome'];
/** Chromium without a window to draw: a test of a page costs a quarter less in it. */
const shell = 'chromium-headless-shell';

/**
 * The browser of the browser suite: `CHROMIUM_PATH`, else one on PATH, else Playwright's own download, else (as root on
 * Debian) the package of that name, which is installed. Throws with how to get one.
 *
 * @param options.whole - whether it has to be the one that people look at pages with, as where time is measured; default:
 * the headless shell will do, and is preferred.
 */
export function findChromium({ whole = false } = {}) {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (existsSync(given)) return given;
    throw new Error(`CHROMIUM_PATH is ${given}, and nothing is there`);
  }
  const commands = whole ? wholeBrowsers : [shell, ...wholeBrowsers];
  return onPath(commands) ?? playwrightsOwn() ?? installed(commands);
}

function onPath(commands) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return commands
    .flatMap(command => folders.map(folder => join(folder, command)))
    .find(existsSync);
}

const playwrightsOwn = () =>
  [chromium.executablePath()].find(path => path && existsSync(path));

function installed(commands) {
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
  apt(['install', '-q', '-y', '--no-install-recommends', commands[0]]);
  return onPath(commands);
}
