import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  ChildNotice,
  ReleaseAccess,
  ReleaseChildRequest,
  ReleaseResult,
} from 'backstage-plugin-dojo-common';
import { makeRepository, readRefs, startGitServer } from 'dojo-testing';
import type { GitServer } from 'dojo-testing';
import { runDojo } from '../__testUtils__/run-dojo';
import type { RunInput } from '../__testUtils__/run-dojo';

jest.setTimeout(60_000);

const password = 'pa:ss/wörd+hunter2';
const authorization = `Basic ${Buffer.from(`bot:${password}`).toString(
  'base64',
)}`;

describe('dojo run-request, of a release', () => {
  let root: string;
  let path: string;
  let server: GitServer;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'dojo-request-'));
    server = await startGitServer({ root, authorization });
  });
  beforeEach(() => {
    path = join(root, 'ledger.git');
    rmSync(path, { recursive: true, force: true });
    makeRepository(path, {
      commits: [
        {
          message: 'feat: begin',
          files: { VERSION: '1.0.0\n' },
          tag: 'v1.0.0',
        },
        { message: 'fix: round half to even' },
      ],
    });
  });
  afterAll(async () => {
    await server.close();
    rmSync(root, { recursive: true, force: true });
  });

  const ask = (
    mode: ReleaseChildRequest['mode'],
    more: Partial<Omit<ReleaseChildRequest, 'access'>> & {
      access?: Partial<ReleaseAccess>;
    } = {},
    input: RunInput = {},
  ) =>
    runDojo(['run-request', 'release'], {
      ...input,
      stdin: JSON.stringify({
        kind: 'release',
        mode,
        request: { repository: 'file:ledger.git' },
        ...more,
        access: {
          author: { name: 'Portal', email: 'portal@acme.test' },
          allowedHosts: [],
          localRoot: root,
          registries: [],
          githubs: [],
          ...more.access,
        },
      }),
    });
  const resultOf = ({ stdout }: { stdout: string }) =>
    JSON.parse(stdout) as ReleaseResult;
  const errorOf = ({ stdout }: { stdout: string }) =>
    (JSON.parse(stdout) as { error: { code: string } }).error;

  it('plans, and writes nothing', async () => {
    const before = readRefs(path);
    const run = await ask('plan');
    expect(run.code).toBe(0);
    expect(resultOf(run)).toMatchObject({
      outcome: 'planned',
      version: '1.0.1',
    });
    expect(readRefs(path)).toBe(before);
  });

  it('carries the reviewed plan out, and tells its parent each outcome', async () => {
    const { planHash } = resultOf(await ask('plan'));
    const notices: ChildNotice[] = [];
    const run = await ask(
      'run',
      { planHash },
      { notify: notice => notices.push(notice) },
    );
    const { outcome, effects } = resultOf(run);
    expect(outcome).toBe('released');
    expect(notices).toEqual(effects.map(each => ({ outcome: each })));
    expect(readRefs(path)).toContain('refs/tags/v1.0.1');
  });

  it('refuses another plan than the reviewed one', async () => {
    const run = await ask('run', { planHash: 'a'.repeat(64) });
    expect([run.code, errorOf(run).code]).toEqual([4, 'PLAN_CHANGED']);
  });

  it('reads a host that it may, with the credentials that came along', async () => {
    const url = `${server.url}/ledger.git`;
    const { host } = new URL(url);
    const request = { repository: url } as ReleaseChildRequest['request'];
    const allowed = { allowedHosts: [host], authorization };
    expect(
      resultOf(await ask('plan', { request, access: allowed })).version,
    ).toBe('1.0.1');

    const anonymous = await ask('plan', {
      request,
      access: { allowedHosts: [host] },
    });
    expect(errorOf(anonymous).code).toBe('GIT_DENIED');
    const elsewhere = await ask('plan', { request });
    expect(errorOf(elsewhere).code).toBe('GIT_HOST_NOT_ALLOWED');
  });

  it('takes no credentials of its own environment', async () => {
    const url = `${server.url}/ledger.git`;
    const run = await ask(
      'plan',
      {
        request: { repository: url } as ReleaseChildRequest['request'],
        access: { allowedHosts: [new URL(url).host] },
      },
      { env: { GITHUB_TOKEN: password, GIT_TOKEN: password } },
    );
    expect(errorOf(run).code).toBe('GIT_DENIED');
  });

  it('reaches nothing of this machine but what is below the folder', async () => {
    const run = await ask('plan', {
      access: { localRoot: join(root, 'elsewhere') },
    });
    expect(errorOf(run).code).toMatch(/^GIT_/);
    const out = await ask('plan', {
      request: {
        repository: 'file:../ledger.git',
      } as ReleaseChildRequest['request'],
    });
    expect(errorOf(out).code).toBe('GIT_PATH_OUTSIDE_FORGE');
  });

  it('says that another kind was announced', async () => {
    const run = await runDojo(['run-request', 'migration'], {
      stdin: JSON.stringify({
        kind: 'release',
        mode: 'plan',
        request: { repository: 'file:ledger.git' },
        access: {
          author: { name: 'a', email: 'b' },
          allowedHosts: [],
          localRoot: root,
          registries: [],
          githubs: [],
        },
      }),
    });
    expect(errorOf(run)).toMatchObject({
      code: 'INPUT_INVALID',
      message:
        'the request is not valid: kind: it is release, and migration was announced',
    });
  });
});
