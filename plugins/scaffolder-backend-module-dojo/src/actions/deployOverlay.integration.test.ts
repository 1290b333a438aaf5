import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeploymentResult } from 'backstage-plugin-dojo-common';
import { parse } from 'yaml';
import { makeDeploymentForge } from '../__testUtils__/deploymentForge';
import {
  startScaffolder,
  TestScaffolder,
} from '../__testUtils__/startScaffolder';
import { until } from '../__testUtils__/until';
import { examples } from './deployOverlay.examples';

jest.setTimeout(240_000);

const folder = mkdtempSync(join(tmpdir(), 'dojo-deployment-cancel-'));
const forgeRoot = join(folder, 'forge');
const pidFile = join(folder, 'kustomize.pid');
const kustomize = join(folder, 'kustomize');

/** A program that says that it runs, and goes on until it is stopped. */
const endless = `#!${process.execPath}
require('node:fs').writeFileSync(${JSON.stringify(
  pidFile,
)}, String(process.pid));
setInterval(() => {}, 1_000);
`;

describe('a deployment that is cancelled in the middle', () => {
  let scaffolder: TestScaffolder<DeploymentResult>;
  const forge = makeDeploymentForge(forgeRoot);

  beforeAll(async () => {
    writeFileSync(kustomize, endless, { mode: 0o755 });
    forge.makeInfra();
    scaffolder = await startScaffolder({
      forgeRoot,
      annotations: { 'dojo/repository': 'file:ledger.git' },
      environments: [{ name: 'dev' }],
      config: {
        infra: { repository: 'file:infra.git' },
        kustomize: { command: kustomize },
      },
    });
  });
  afterAll(async () => {
    await scaffolder.stop();
    rmSync(folder, { recursive: true });
  });

  it('ends with all that it started, and leaves the overlays as they were', async () => {
    const before = forge.git('show-ref');
    const id = await scaffolder.startTask(parse(examples[0].example));
    const pid = await until('it renders', async () =>
      readdirSync(folder).includes('kustomize.pid')
        ? Number(readFileSync(pidFile, 'utf8')) || undefined
        : undefined,
    );
    await scaffolder.cancelTask(id);
    const { status } = await scaffolder.endOfTask(id);
    expect(status).not.toBe('completed');
    await until('kustomize has ended', async () => !isAlive(pid) || undefined);
    expect(forge.git('show-ref')).toBe(before);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
