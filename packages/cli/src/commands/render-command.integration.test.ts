import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deploymentFindingSchema } from 'backstage-plugin-dojo-common';
import { runDojo } from '../__testUtils__/run-dojo';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: ledger}
spec:
  strategy: {type: Recreate}
  selector: {matchLabels: {app: ledger}}
  template:
    metadata: {labels: {app: ledger}}
    spec:
      securityContext: {runAsNonRoot: true}
      containers: [{name: ledger, image: 'ghcr.io/acme/ledger:0.1.0', volumeMounts: [{name: data, mountPath: /data}]}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: dojo-data}}]
`;
const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: dojo-data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`;

describe('dojo render', () => {
  let root: string;
  const write = (path: string, text: string) => {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'dojo-render-cli-')));
    write('svc/deploy/base/kustomization.yaml', 'resources: [d.yaml]\n');
    write('svc/deploy/base/d.yaml', deployment);
    write('infra/ledger/dev/pvc.yaml', claim);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const overlay = (base: string, more = '') =>
    write(
      'infra/ledger/dev/kustomization.yaml',
      `namespace: ledger-dev\nresources: ["${base}", pvc.yaml]\n${more}`,
    );
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: join(root, 'svc'),
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        HOME: root,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_NAME: 'a',
        GIT_AUTHOR_EMAIL: 'a@b',
        GIT_COMMITTER_NAME: 'a',
        GIT_COMMITTER_EMAIL: 'a@b',
      },
    }).trim();
  /** A bare repository of the service. @returns its address and its commit. */
  const publish = () => {
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-qm', 'x');
    execFileSync(
      'git',
      ['clone', '-q', '--bare', join(root, 'svc'), join(root, 'svc.git')],
      { stdio: 'ignore' },
    );
    return {
      url: `file://${join(root, 'svc.git')}`,
      commit: git('rev-parse', 'HEAD'),
    };
  };
  const run = (...args: string[]) =>
    runDojo(['render', ...args], {
      cwd: root,
      env: { PATH: process.env.PATH ?? '' },
    });

  it('prints the YAML of a folder, and says nothing where nothing is wrong', async () => {
    overlay('../../../svc/deploy/base');
    const { code, stdout, stderr } = await run('infra/ledger/dev');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(
      execFileSync('kubectl', ['kustomize', join(root, 'infra/ledger/dev')], {
        encoding: 'utf8',
      }),
    );
  });

  it('renders a base of a repository, and a folder of one', async () => {
    const { url, commit } = publish();
    overlay(`${url}//deploy/base?ref=${commit}`);
    const { code, stdout } = await run(`file:infra/ledger/dev`, '--json');
    expect(code).toBe(0);
    const { objects, findings } = JSON.parse(stdout);
    expect(findings).toEqual([]);
    expect(objects.map((one: { kind: string }) => one.kind)).toEqual([
      'PersistentVolumeClaim',
      'Deployment',
    ]);
    const alone = await run(`${url}//deploy/base?ref=${commit}`);
    expect(alone.code).toBe(0);
    expect(alone.stderr).toContain(
      'warning: the overlay renders no PersistentVolumeClaim',
    );
  });

  it('exits with 3 where a rule is broken, with place and rule', async () => {
    overlay(
      '../../../svc/deploy/base',
      'replicas: [{name: ledger, count: 2}]\n',
    );
    const { code, stderr } = await run('infra/ledger/dev');
    expect(code).toBe(3);
    expect(stderr).toContain(
      `error: ${join(
        root,
        'svc/deploy/base/d.yaml',
      )}:4: Deployment ledger: it has 2 replicas`,
    );
    const { stdout } = await run('infra/ledger/dev', '--json');
    const findings = deploymentFindingSchema
      .array()
      .parse(JSON.parse(stdout).findings);
    expect(findings.map(({ code: rule }) => rule)).toEqual(['WRITER_REPLICAS']);
  });

  it.each([
    ['a folder that is not there', 'none', 2, 'is no path'],
    ['a file', 'infra/ledger/dev/pvc.yaml', 2, 'it is no folder'],
    ['a folder without overlay', 'svc', 2, 'has no kustomization.yaml'],
    [
      'a repository without commit',
      'https://example.test/a//b',
      3,
      'names no commit',
    ],
  ])('refuses %s', async (_, path, code, why) => {
    const answer = await run(path, '--json');
    expect(answer.code).toBe(code);
    expect(answer.stderr).toContain(why);
    expect(JSON.parse(answer.stdout).error.hint).toBeTruthy();
  });

  it('reads nothing outside the work tree, and follows no link', async () => {
    overlay('../../../svc/deploy/base');
    mkdirSync(join(root, 'infra/.git'));
    const out = await run('infra/ledger/dev');
    expect([out.code, out.stderr]).toEqual([
      3,
      expect.stringContaining('leads out of the repository'),
    ]);
    symlinkSync(join(root, 'svc'), join(root, 'infra/svc'));
    overlay('../../svc/deploy/base');
    const linked = await run('infra/ledger/dev');
    expect([linked.code, linked.stderr]).toEqual([
      3,
      expect.stringContaining('is a link'),
    ]);
  });

  it('refuses a link in a base of another repository', async () => {
    write('svc/secret', 'hunter2');
    symlinkSync('../../secret', join(root, 'svc/deploy/base/s.txt'));
    write(
      'svc/deploy/base/kustomization.yaml',
      'resources: [d.yaml]\nconfigMapGenerator: [{name: s, files: [s.txt]}]\n',
    );
    const { url, commit } = publish();
    overlay(`${url}//deploy/base?ref=${commit}`);
    const { code, stdout, stderr } = await run('infra/ledger/dev');
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(
      /"deploy\/base\/s\.txt" of \S+svc\.git is a symbolic link/,
    );
  });
});
