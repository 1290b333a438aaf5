import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  startDojoService,
  TestDojoService,
} from '../__testUtils__/startDojoService';

jest.setTimeout(60_000);

const options = {
  credentials: mockCredentials.user(),
  signal: new AbortController().signal,
};

describe('ServiceService', () => {
  const root = mkdtempSync(join(tmpdir(), 'dojo-services-'));
  const forge = join(root, 'forge');
  const started: TestDojoService[] = [];
  const start = async (denied: string[] = [], dojo: object = {}) => {
    const service = await startDojoService({
      config: {
        dojo: {
          localForge: { root: forge },
          infra: { repository: 'file:infra.git' },
          environments: [{ name: 'dev' }],
          allow: { images: [{ pattern: 'oci:images/*' }] },
          ...dojo,
        },
      },
      annotations: { 'dojo/repository': 'file:ledger.git' },
      denied,
    });
    started.push(service);
    return service.dojo.services;
  };
  beforeAll(() => {
    mkdirSync(join(root, 'workspace'), { recursive: true });
    writeFileSync(join(root, 'workspace/VERSION'), '0.0.0\n');
    mkdirSync(forge);
    const infra = join(forge, 'infra.git');
    execFileSync('git', ['init', '--quiet', '--bare', '-b', 'main', infra]);
  });
  afterAll(async () => {
    for (const service of started) await service.stop();
    rmSync(root, { recursive: true });
  });
  const fields = { name: 'savings', owner: 'accounting' };

  it('tells nothing to who may make no service, and makes nothing', async () => {
    const services = await start(['dojo.service.create']);
    const denied = { dojo: { code: 'PERMISSION_DENIED', kind: 'denied' } };
    const published = { repository: 'file:savings.git', folder: root };
    const entry = { component: 'savings', repository: 'file:savings.git' };
    await expect(services.plan({ fields }, options)).rejects.toMatchObject(
      denied,
    );
    await expect(services.check({ fields }, options)).rejects.toMatchObject(
      denied,
    );
    await expect(services.publish(published, options)).rejects.toMatchObject(
      denied,
    );
    await expect(services.awaitEntry(entry, options)).rejects.toMatchObject(
      denied,
    );
  });

  it('shows all that stands against a service at once', async () => {
    const services = await start();
    const { problems, state } = await services.plan(
      { fields: { ...fields, name: 'ledger', system: 'books' } },
      options,
    );
    expect(state).toBe('missing');
    expect(problems.map(({ field, code }) => `${field} ${code}`)).toEqual([
      'name SERVICE_NAME_TAKEN',
      'owner SERVICE_OWNER_UNKNOWN',
      'system SERVICE_SYSTEM_UNKNOWN',
    ]);
  });

  it('refuses an entry that is of another repository', async () => {
    const services = await start();
    await expect(
      services.awaitEntry(
        { component: 'ledger', repository: 'file:savings.git' },
        options,
      ),
    ).rejects.toMatchObject({ dojo: { code: 'SERVICE_NAME_TAKEN' } });
    await services.awaitEntry(
      { component: 'ledger', repository: 'file:ledger.git' },
      options,
    );
  });

  it('publishes once', async () => {
    const services = await start();
    const request = {
      repository: 'file:savings.git',
      image: 'oci:images/savings',
      folder: join(root, 'workspace'),
    };
    const first = await services.publish(request, options);
    expect(first.published).toBe('now');
    expect(await services.publish(request, options)).toEqual({
      ...first,
      published: 'before',
    });
  });

  it('has no way to a forge that is not configured', async () => {
    const services = await start([], {
      localForge: undefined,
      infra: { repository: 'https://github.com/acme/infra' },
    });
    await expect(
      services.publish({ repository: 'file:a.git', folder: root }, options),
    ).rejects.toMatchObject({ dojo: { code: 'SERVICE_FORGE_MISSING' } });
  });
});
