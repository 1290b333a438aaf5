import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deliverySchema } from 'backstage-plugin-dojo-common';
import {
  healthyDelivery,
  ledgerDelivery,
} from 'backstage-plugin-dojo-common/testUtils';
import { serve } from 'dojo-testing';
import type { FaultyServer } from 'dojo-testing';
import { runDojo } from '../__testUtils__/run-dojo';

jest.setTimeout(60_000);

const path = '/api/dojo/components/default/component/ledger/delivery';

describe('dojo status', () => {
  let portal: FaultyServer;
  let folder: string;
  /** What the portal says of a component. */
  let answer: { status: number; body: unknown; headers?: object };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dojo-status-'));
    answer = { status: 200, body: ledgerDelivery() };
    portal = await serve(async () => ({
      status: answer.status,
      headers: { 'content-type': 'application/json', ...answer.headers },
      body: JSON.stringify(answer.body),
    }));
  });
  afterEach(async () => {
    await portal.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const status = (
    args: readonly string[] = [],
    env: Record<string, string> = {
      DOJO_PORTAL_URL: portal.url,
      DOJO_PORTAL_TOKEN: 'secret-token',
    },
  ) =>
    runDojo(['status', '--component', 'ledger', ...args], { cwd: folder, env });

  it('asks the portal once, as who the token is of, and prints what the page shows', async () => {
    const { code, stdout, stderr } = await status();

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('▲ staging is down: 0.4.1 exits at start');
    expect(portal.log).toEqual([
      {
        method: 'GET',
        path,
        authorization: 'Bearer secret-token',
        status: 200,
      },
    ]);
  });

  it("prints the portal's answer as JSON", async () => {
    const { code, stdout } = await status(['--json']);

    expect(code).toBe(0);
    expect(deliverySchema.parse(JSON.parse(stdout))).toEqual(ledgerDelivery());
  });

  it('finds the portal by its configuration, with what it takes from the environment', async () => {
    writeFileSync(
      join(folder, 'app-config.yaml'),
      'backend:\n  baseUrl: ${PORTAL_URL}\n',
    );
    const config = ['--config', 'app-config.yaml'];
    const env = { DOJO_PORTAL_URL: 'http://127.0.0.1:1' };

    const found = await status(config, { ...env, PORTAL_URL: portal.url });
    expect(found.code).toBe(0);
    const unset = await status(config, env);
    expect(unset.code).toBe(2);
    expect(unset.stderr).toContain('backend.baseUrl: PORTAL_URL is not set');
    const missing = await status(['--config', 'none.yaml'], env);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('none.yaml cannot be read');
  });

  it('prints nothing that a terminal would obey', async () => {
    const [commit] = ledgerDelivery().lines[0].commits;
    answer.body = healthyDelivery({
      lines: [
        {
          ...ledgerDelivery().lines[0],
          commits: [{ ...commit, subject: 'fix: \u001b[2J\u202egone' }],
        },
      ],
    });
    const { stdout } = await status();

    expect(stdout).toContain('fix: \ufffd[2J\ufffdgone');
  });

  it.each<[string, Record<string, string>, number, string]>([
    ['no portal', {}, 2, 'it is not said where the portal is'],
    [
      'what is no address',
      { DOJO_PORTAL_URL: 'portal' },
      2,
      'DOJO_PORTAL_URL is "portal", which is no http(s) URL',
    ],
    [
      'a way on which others could read the token',
      { DOJO_PORTAL_URL: 'http://portal.example', DOJO_PORTAL_TOKEN: 's3cret' },
      2,
      'the token of DOJO_PORTAL_TOKEN is not sent to http://portal.example',
    ],
  ])('ends with its code at %s', async (_, env, expected, message) => {
    const { code, stdout, stderr } = await status(['--json'], env);

    expect([code, stderr]).toEqual([
      expected,
      expect.stringContaining(message),
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { message: expect.stringContaining(message) },
    });
    expect(stderr + stdout).not.toContain('s3cret');
  });

  it.each<[string, number, unknown, number, string]>([
    [
      'of a component that is not there',
      404,
      {
        error: {
          dojo: {
            code: 'COMPONENT_NOT_FOUND',
            kind: 'not-found',
            message: 'there is no component ledger',
            hint: 'Look into the catalog.',
          },
        },
      },
      2,
      'there is no component ledger',
    ],
    [
      'of a token that has expired',
      401,
      { error: { message: 'Unauthorized' } },
      3,
      'does not take the token of DOJO_PORTAL_TOKEN',
    ],
    [
      'of another version of the portal',
      200,
      { kind: 'other' },
      5,
      'take the one of the portal',
    ],
    [
      'of a portal that fails',
      500,
      { error: { message: 'no database' } },
      5,
      "the portal's backend answered 500: no database",
    ],
  ])('says %s', async (_, httpStatus, body, expected, message) => {
    answer = { status: httpStatus, body };
    const { code, stderr, stdout } = await status();

    expect([code, stdout, stderr]).toEqual([
      expected,
      '',
      expect.stringContaining(message),
    ]);
    expect(stderr).not.toContain('secret-token');
  });

  it('says that the portal does not answer, and why', async () => {
    await portal.close();
    const { code, stderr } = await status();

    expect(code).toBe(5);
    expect(stderr).toContain(
      "the portal's backend cannot be reached: the connection failed (ECONNREFUSED)",
    );
  });

  it('says that a token is needed where none is set', async () => {
    answer = { status: 401, body: {} };
    const { code, stderr } = await status([], { DOJO_PORTAL_URL: portal.url });

    expect(code).toBe(3);
    expect(stderr).toContain(
      'asks who you are, and DOJO_PORTAL_TOKEN is not set',
    );
    expect(portal.log[0].authorization).toBeUndefined();
  });

  it('takes the token nowhere else', async () => {
    answer = {
      status: 302,
      body: {},
      headers: { location: `${portal.url}/elsewhere` },
    };
    const { code } = await status();

    expect(code).toBe(2);
    expect(portal.log.map(request => request.path)).toEqual([path]);
  });

  it('shows one example', async () => {
    const { code, stdout } = await runDojo(['status', '--help']);

    expect(code).toBe(0);
    expect(stdout).toContain('dojo status --component ledger');
  });
});
