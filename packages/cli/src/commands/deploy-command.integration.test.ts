import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deploymentResultSchema } from 'backstage-plugin-dojo-common';
import { git, startGitServer } from 'dojo-testing';
import type { GitServer } from 'dojo-testing';
import { makeDeployPlace } from '../__testUtils__/deploy-place';
import type { DeployPlace } from '../__testUtils__/deploy-place';
import { runDojo } from '../__testUtils__/run-dojo';

jest.setTimeout(60_000);

describe('dojo deploy', () => {
  let root: string;
  let server: GitServer;
  let place: DeployPlace;
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'dojo-cli-test-'));
    place = makeDeployPlace(root);
    server = await startGitServer({ root });
  });
  afterEach(async () => {
    await server.close();
    rmSync(root, { recursive: true, force: true });
  });

  const deploy = (args: readonly string[], infra = `${server.url}/infra.git`) =>
    runDojo(
      [
        'deploy',
        ...['--component', 'ledger', '--environment', 'dev', '--infra', infra],
        ...['--base', `${server.url}/ledger.git//deploy/k8s/base`],
        ...args,
      ],
      {
        cwd: root,
        env: { PATH: process.env.PATH!, DOJO_KUSTOMIZE: place.kustomize },
      },
    );
  const first = ['--version', 'v0.1.0', '--storage', '1Gi'];
  const commits = () => git(place.infra, ['rev-list', '--count', 'main']);
  const show = (what: string) => git(place.infra, ['show', `main:${what}`]);

  it('shows the plan of a dry run for a person', async () => {
    const { code, stdout, stderr } = await deploy([...first, '--dry-run']);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({
      code: 0,
      stderr: '',
    });
    for (const line of [
      /^Planned, nothing written: ledger in dev: v0\.1\.0$/m,
      /^ledger\/dev\/kustomization\.yaml \(new\)$/m,
      /^ {2}\+namespace: ledger-dev$/m,
      /Deployment.*ledger/,
      /^will happen: Push one commit to main/m,
      /^plan [0-9a-f]{64}$/m,
    ]) {
      expect(stdout).toMatch(line);
    }
    expect(commits()).toBe('1');
  });

  it('lands one commit over HTTP, and says what it did', async () => {
    const { code, stdout } = await deploy([...first, '--json']);
    expect(code).toBe(0);
    const result = deploymentResultSchema.strict().parse(JSON.parse(stdout));
    expect(result).toMatchObject({
      outcome: 'deployed',
      commit: git(place.infra, ['rev-parse', 'main']),
      baseSha: git(place.service, ['rev-parse', 'v0.1.0^{commit}']),
    });
    expect(show('ledger/dev/kustomization.yaml')).toContain(
      `//deploy/k8s/base?ref=${result.baseSha} # v0.1.0`,
    );
    expect(git(place.infra, ['diff', '--name-only', 'main^', 'main'])).toBe(
      'ledger/dev/kustomization.yaml\nledger/dev/pvc.yaml',
    );
    const again = await deploy(first);
    expect(again).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^Nothing to deploy: ledger in dev: v0\.1\.0\n/,
      ),
    });
    expect(commits()).toBe('2');
    const next = await deploy(['--version', '0.2.0']);
    expect(next.stdout).toMatch(
      /^Landed ledger in dev: v0\.1\.0 → v0\.2\.0 \(infra commit [0-9a-f]{7}\)\n/,
    );
    expect(git(place.infra, ['diff', '--numstat', 'main^', 'main'])).toBe(
      '1\t1\tledger/dev/kustomization.yaml',
    );
  });

  it('brings an overlay back that somebody removed, as it was', async () => {
    expect((await deploy(first)).code).toBe(0);
    const was = git(place.infra, ['rev-parse', 'main:ledger/dev']);
    const removal = git(place.infra, [
      ...['commit-tree', 'main^^{tree}', '-p', 'main'],
      ...['-m', 'chore: no dev'],
    ]);
    git(place.infra, ['update-ref', 'refs/heads/main', removal]);

    const asked = ['--version', 'v0.1.0', '--restore'];
    const { code, stdout } = await deploy([...asked, '--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /ledger v0\.1\.0 \(\w{7}\) comes back to dev with its former overlay, as it was at infra commit \w{7}\./,
    );
    expect((await deploy(asked)).code).toBe(0);
    expect(git(place.infra, ['rev-parse', 'main:ledger/dev'])).toBe(was);
    expect((await deploy(asked)).stdout).toMatch(/^Nothing to deploy/);
  });

  it('ends with the code of what happened', async () => {
    expect((await deploy([...first, '--plan-hash', 'f'.repeat(64)])).code).toBe(
      4,
    );
    expect((await deploy(['--version=--upload-pack=touch'])).code).toBe(2);
    expect((await deploy(['--version', 'v9.9.9'])).code).toBe(2);
    expect((await deploy([])).stderr).toContain(
      'exactly one of version, promoteFrom, rollbackTo',
    );
    expect((await deploy(first)).code).toBe(0);
    expect((await deploy([...first, '--storage', '512Mi'])).code).toBe(3);
    const asked = await deploy(
      ['--version', 'v0.2.0', '--mode', 'pull-request'],
      'file:infra.git',
    );
    expect(asked).toMatchObject({
      code: 6,
      stdout: expect.stringContaining(
        'Asked for by dojo/ledger/dev, waits for its merge',
      ),
    });
    expect(
      await deploy(['--version', 'v0.2.0', '--mode', 'apply']),
    ).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no kubeconfig'),
    });
    expect(commits()).toBe('2');
  });

  it('holds back what a freeze window covers, and refuses one that it cannot read', async () => {
    const config = join(root, 'app-config.yaml');
    const write = (freeze: string) =>
      writeFileSync(
        config,
        `dojo:\n  environments:\n    - name: dev\n      freeze: ['${freeze}']\n`,
      );
    write('Mon 00:00 - Mon 00:00 UTC');
    const args = [...first, '--config', 'app-config.yaml'];
    const frozen = await deploy(args);
    expect(frozen).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('DEPLOY_FROZEN'),
    });
    expect((await deploy([...args, '--dry-run'])).code).toBe(3);
    write('Mon 00:00 - Mon 25:00 UTC');
    expect((await deploy(args)).code).toBe(2);
    expect((await deploy([...first, '--config', 'nowhere.yaml'])).code).toBe(2);
    expect(commits()).toBe('1');
  });

  it('tells its own version only without a command', async () => {
    expect((await runDojo(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await deploy(['--version'])).stderr).toContain('argument missing');
  });
});
