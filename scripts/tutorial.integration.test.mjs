import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { freePort } from './portal/free-port.mjs';
import { ROOT } from './source-hash.mjs';

const data = mkdtempSync(join(tmpdir(), 'tutorial-'));
let portal;
after(async () => {
  if (portal && portal.exitCode === null) {
    portal.kill('SIGTERM');
    await once(portal, 'exit');
  }
  rmSync(data, { recursive: true, force: true });
});

const page = readFileSync(join(ROOT, 'docs/tutorial/to-production.md'), 'utf8');
/** Fenced blocks of a language, in their order. */
const blocks = language =>
  [
    ...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms')),
  ].map(([, code]) => code);

/** The command that starts the portal, elsewhere and at a free port; resolves with its address. */
async function start(command) {
  const [program] = command.trim().split(' ');
  portal = spawn(
    join(ROOT, program),
    ['--data', data, '--port', String(await freePort(7507))],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  for await (const chunk of portal.stdout) {
    said += chunk;
    const found = said.match(/^Backend (\S+)\n/m);
    if (found) return found[1];
  }
  throw new Error(`the portal ended: ${said}`);
}

describe('the tutorial', () => {
  it('makes a service and brings it to production, command by command', async () => {
    const starting = blocks('sh');
    assert.deepEqual(starting, ['./scripts/start\n']);
    const url = await start(starting[0]);
    const script = blocks('bash').join('\n');
    assert.ok(script.includes('http://localhost:7007'));
    const commands = script
      .replaceAll('http://localhost:7007', url)
      .replaceAll('.dojo', data);
    const { status, stdout: said } = spawnSync(
      'bash',
      ['-euo', 'pipefail', '-c', commands],
      {
        cwd: ROOT,
        encoding: 'utf8',
        // Nobody's settings of git.
        env: { ...process.env, TMPDIR: data, GIT_CONFIG_GLOBAL: '/dev/null' },
        stdio: ['ignore', 'pipe', 'inherit'],
        timeout: 300_000,
      },
    );
    assert.equal(status, 0, said);
    for (const expected of [
      /^Creates repository savings\.git, 3 overlays and release 0\.1\.0\.$/m,
      /done: image tag oci:images\/savings:0\.1\.0/,
      /^v0\.2\.0$/m,
      /^- goals to save for/m,
      /^tag v0\.2\.0$/m,
      /done: image tag oci:images\/savings:0\.2\.0/,
      /0002_goals/,
      /done: overlay savings\/dev on main/,
      /^ *digest: sha256:[0-9a-f]{64}$/m,
      /done: overlay savings\/staging on main/,
      /waits for the merge of dojo\/savings\/production/,
      /^Priya: Merge /m,
      /^nothing-to-deploy$/m,
    ]) {
      assert.match(said, expected);
    }
  });
});
