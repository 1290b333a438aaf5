import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDojo } from '../__testUtils__/run-dojo';

const map =
  '{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: dev}}';
const job = (name: string, type?: string) =>
  JSON.stringify({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    status: {
      conditions: type ? [{ type, status: 'True', reason: 'Why' }] : [],
    },
  });

describe('dojo health', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dojo-health-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, text: string) =>
    writeFileSync(join(folder, name), text);
  const health = (...args: string[]) =>
    runDojo(['health', ...args], { cwd: folder });

  it('prints the health of each object of all files as JSON', async () => {
    file('a.yaml', `${map}\n---\n${job('b', 'Complete')}`);
    file('c.json', `[${job('c', 'Complete')}]`);
    const { code, stdout } = await health(
      '-f',
      'a.yaml',
      '-f',
      'c.json',
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      objects: [
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          name: 'a',
          namespace: 'dev',
          status: 'Current',
          reason: 'Stored',
          message: 'there is nothing to wait for',
        },
        ...['b', 'c'].map(name => ({
          apiVersion: 'batch/v1',
          kind: 'Job',
          name,
          status: 'Current',
          reason: 'JobComplete',
          message: 'the job is done: 0 of 1 pods succeeded',
        })),
      ],
    });
  });

  it('tells a person first of what is not as it should be', async () => {
    const { code, stdout } = await runDojo(['health', '-f', '-'], {
      stdin: `${map}\n---\n${job('b', 'Failed')}`,
    });
    expect(code).toBe(3);
    expect(stdout).toBe(
      [
        'Current: 1 of 2 objects',
        '',
        '  status   object           reason  message',
        '  Failed   Job/b            Why     the job has failed: 0 pods failed',
        '  Current  ConfigMap/dev/a  Stored  there is nothing to wait for',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['', 0],
    [map, 0],
    [job('a'), 6],
    [`${job('a')}\n---\n${job('b', 'Failed')}`, 3],
  ])('ends with the worst: %s', async (text, code) => {
    file('a.yaml', text);
    expect((await health('-f', 'a.yaml')).code).toBe(code);
  });

  it.each([
    ['missing.yaml', 'the file missing.yaml cannot be read: ENOENT'],
    ['.', 'the file . cannot be read: EISDIR'],
    ['bad.yaml', 'bad.yaml holds no Kubernetes objects: it has no kind'],
    [
      'big.yaml',
      'big.yaml is too large: at most 16777216 bytes are read of all files together',
    ],
  ])('refuses %s with code 2', async (name, sentence) => {
    file('bad.yaml', 'a: b');
    file('big.yaml', `# ${'x'.repeat(16 * 1024 * 1024)}`);
    const { code, stderr, stdout } = await health('-f', name, '--json');
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
    expect(JSON.parse(stdout).error.message).toContain(sentence);
  });

  it.each([
    [[], 'component: Required'],
    [['--component', 'ledger'], 'namespace: Required'],
    [['--component', 'a=b', '--namespace', 'dev'], 'component: must be'],
    [
      ['-f', '-', '--component', 'ledger'],
      '--component is of a cluster, and means nothing with -f',
    ],
    [
      [
        ...['--component', 'ledger', '--namespace', 'dev'],
        ...['--kubeconfig', 'missing'],
      ],
      'missing',
    ],
  ])('refuses %j', async (args, sentence) => {
    const { code, stderr } = await health(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });

  it('shows what a terminal would obey', async () => {
    file(
      'a.json',
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'a\u001b[31m' },
      }),
    );
    expect((await health('-f', 'a.json')).stdout).toContain(
      'ConfigMap/a\ufffd[31m',
    );
  });
});
