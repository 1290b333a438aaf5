import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import {
  deliveryReleaseSchema,
  lineSchema,
  wantedSchema,
} from 'backstage-plugin-dojo-common';
import { addCommits, git, startGitServer } from 'dojo-testing';
import type { GitServer } from 'dojo-testing';
import { readDojoConfig } from '../../config/readDojoConfig';
import { createInfraReader } from './createInfraReader';
import { createRepositoryReader } from './createRepositoryReader';
import type { DeliveryTarget } from './DeliveryReaders';

jest.setTimeout(180_000);

const { signal } = new AbortController();
const authorization = `Basic ${Buffer.from('bot:secret-pw').toString(
  'base64',
)}`;

/** Seeds the forge of the example as the portal's start does. */
function seed(root: string): void {
  const scripts = resolve(__dirname, '../../../../../scripts');
  const code = `
    const { seedForge } = await import(${JSON.stringify(
      join(scripts, 'seed-forge.mjs'),
    )});
    const { seedInfra } = await import(${JSON.stringify(
      join(scripts, 'seed-infra.mjs'),
    )});
    await seedForge(process.argv[1]);
    await seedInfra(process.argv[1]);
  `;
  execFileSync(process.execPath, ['--input-type=module', '-e', code, root]);
}

describe('the readers over the example', () => {
  let root: string;
  let server: GitServer;
  let target: DeliveryTarget;

  const readers = (folder: string) => {
    const host = new URL(server.url).host;
    const rootConfig = mockServices.rootConfig({
      data: {
        backend: { workingDirectory: join(folder, 'work') },
        integrations: {
          bitbucketServer: [
            {
              host,
              apiBaseUrl: `${server.url}/rest/api/1.0`,
              username: 'bot',
              password: 'secret-pw',
            },
          ],
        },
        dojo: { infra: { repository: `${server.url}/infra.git` } },
      },
    });
    const config = readDojoConfig(rootConfig);
    const integrations = ScmIntegrations.fromConfig(rootConfig);
    return {
      readRepository: createRepositoryReader(config, integrations),
      readInfra: createInfraReader(
        config,
        integrations,
        () => new Date('2026-11-29T12:00:00Z'),
      ),
    };
  };

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'dojo-readers-'));
    seed(join(root, 'forge'));
    for (const name of ['ledger', 'infra']) {
      const path = join(root, 'forge', `${name}.git`);
      git(path, ['config', 'uploadpack.allowFilter', 'true']);
      git(path, ['config', 'uploadpack.allowAnySHA1InWant', 'true']);
    }
    server = await startGitServer({ root: join(root, 'forge'), authorization });
    target = {
      component: 'component:default/ledger',
      name: 'ledger',
      repository: `${server.url}/ledger.git`,
      migrations: 'src/ledger/sql/migrations',
      maintenance: 'release/*',
    };
  });
  afterAll(async () => {
    await server.close();
    rmSync(root, { recursive: true, force: true });
  });

  it('tells the figures of the stories', async () => {
    const { readRepository } = readers(root);
    const facts = await readRepository(target, undefined, signal);
    expect(facts).toMatchObject({ branch: 'main', olderReleases: 0 });
    expect(
      facts.releases.map(
        ({ version, needs, previous, contains, breakingMigrations }) => ({
          version,
          needs: needs?.slice(0, 4),
          previous,
          contains,
          breakingMigrations,
        }),
      ),
    ).toEqual([
      {
        version: '0.3.0',
        needs: '0015',
        previous: '0.2.0',
        contains: ['0.2.0'],
        breakingMigrations: ['0006_payees'],
      },
      {
        version: '0.2.0',
        needs: expect.any(String),
        previous: '0.1.0',
        contains: ['0.1.0'],
        breakingMigrations: ['0006_payees'],
      },
      {
        version: '0.1.0',
        needs: expect.any(String),
        previous: undefined,
        contains: [],
      },
    ]);
    expect(facts.lines).toHaveLength(1);
    expect(facts.lines[0]).toMatchObject({
      count: 12,
      counting: 6,
      breaking: 1,
      next: { version: '0.4.0' },
    });
    expect(facts.lines[0].next?.sentence.sentence).toBe(
      'Minor bump (0.3.0 -> 0.4.0): breaking change before 1.0.0.',
    );
    facts.lines.forEach(line => lineSchema.parse(line));
    facts.releases.forEach(release => deliveryReleaseSchema.parse(release));
    expect(JSON.stringify(facts)).not.toContain('secret-pw');
    expect(await readRepository(target, facts, signal)).toBe(facts);
  });

  it('reads overlays, with the credentials of the host', async () => {
    const { readInfra } = readers(root);
    const infra = `${server.url}/infra.git`;
    const known = await readInfra(infra, [target], undefined, signal);
    expect(known.components.ledger).toMatchObject({ wanted: {}, landings: [] });
    const commit = 'a'.repeat(40);
    addCommits(join(root, 'forge', 'infra.git'), [
      {
        message: 'by hand',
        files: {
          'ledger/dev/kustomization.yaml': `resources:\n  - ${target.repository}//deploy/k8s/base?ref=${commit} # v0.3.0\n`,
        },
      },
    ]);
    const landed = await readInfra(infra, [target], known, signal);
    const { dev } = landed.components.ledger.wanted;
    expect(wantedSchema.parse(dev)).toMatchObject({
      kind: 'version',
      version: '0.3.0',
      base: commit,
      change: 'first',
    });
    expect(await readInfra(infra, [target], landed, signal)).toBe(landed);
  });

  it('refuses a host that the configuration does not name, and a forge that is none', async () => {
    const { readRepository } = readers(root);
    await expect(
      readRepository(
        { ...target, repository: 'https://elsewhere.example/a/b' },
        undefined,
        signal,
      ),
    ).rejects.toMatchObject({ code: 'GIT_HOST_NOT_ALLOWED' });
    await expect(
      readRepository(
        { ...target, repository: 'file:ledger.git' },
        undefined,
        signal,
      ),
    ).rejects.toMatchObject({ name: 'DojoError' });
  });
});
