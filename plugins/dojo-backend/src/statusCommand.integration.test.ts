import { execFile } from 'node:child_process';
import { mockCredentials } from '@backstage/backend-test-utils';
import { DojoError } from 'backstage-plugin-dojo-common';
import { ledgerDelivery } from 'backstage-plugin-dojo-common/testUtils';
import { Deliveries, toBackstageError } from 'backstage-plugin-dojo-node';
import { startWithDojo } from './__testUtils__/startWithDojo';

jest.setTimeout(120_000);

/** The command as a process of its own, beside the backend of this one. */
async function status(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise(resolve => {
    const child = execFile(
      process.execPath,
      [require.resolve('dojo-portal-cli/bin/dojo'), 'status', ...args],
      { env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env } },
      (_, stdout, stderr) =>
        resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

describe('dojo status, asking the backend', () => {
  async function start(get: Deliveries['get']) {
    const deliveries = { get: jest.fn(get) };
    const { server } = await startWithDojo({ deliveries });
    const env = {
      DOJO_PORTAL_URL: `http://localhost:${server.port()}`,
      DOJO_PORTAL_TOKEN: mockCredentials.user.token('user:default/eve'),
    };
    return { deliveries, env };
  }

  it('answers what the Delivery tab is answered, to who the token is of', async () => {
    const { deliveries, env } = await start(async () => ({
      delivery: ledgerDelivery(),
      etag: '"41"',
    }));

    const asked = ['--component', 'ledger'];
    const json = await status([...asked, '--json'], env);
    expect([json.code, JSON.parse(json.stdout)]).toEqual([0, ledgerDelivery()]);
    expect(deliveries.get).toHaveBeenCalledWith(
      { component: 'component:default/ledger' },
      expect.objectContaining({
        credentials: expect.objectContaining({
          principal: { type: 'user', userEntityRef: 'user:default/eve' },
        }),
      }),
    );
    const { code, stdout } = await status(asked, env);
    expect(code).toBe(0);
    expect(stdout).toContain('production: ◌ Not observed');
  });

  it('ends with 2 where there is no such component, and with 3 for nobody', async () => {
    const { env } = await start(async () => {
      throw toBackstageError(
        new DojoError({
          code: 'COMPONENT_NOT_FOUND',
          kind: 'not-found',
          message: 'there is no component none',
          hint: 'Look into the catalog.',
        }),
      );
    });

    const none = await status(['--component', 'none'], env);
    expect(none).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no component none'),
    });
    const nobody = await status(['--component', 'ledger'], {
      ...env,
      DOJO_PORTAL_TOKEN: mockCredentials.none.header().slice('Bearer '.length),
    });
    expect(nobody).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('does not take the token'),
    });
  });
});
