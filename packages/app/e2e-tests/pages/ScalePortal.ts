import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
// Two files of the test beds, without all else that they load: clusters, registries, forges.
/* eslint-disable @backstage/no-relative-monorepo-imports */
import { makeFleet } from '../../../testing/src/fleet/make-fleet';
import {
  type GitServer,
  startGitServer,
} from '../../../testing/src/git/start-git-server';
/* eslint-enable @backstage/no-relative-monorepo-imports */
import { portalData, root } from './portalData';
import { PortalProcess } from './PortalProcess';

// Beside the portal that the other tests share, and the one with a cluster.
const port = String(Number(process.env.PORTAL_PORT ?? 7107) + 200);
const environments = ['dev', 'staging', 'production'];

/** The forge with pages, before the portal starts. */
export interface RemoteForge {
  readonly url: string;
  /** Of its repositories, `infra.git` among them. */
  readonly folder: string;
  /** Of the portal. */
  readonly data: string;
}

/**
 * A portal of its own with many components: `atlas`, which is on a forge with pages of its own, as the overlays are, the
 * ledger, and services in the local forge, each released and in all environments.
 */
export class ScalePortal {
  readonly url: string;
  /** Address of that forge. */
  readonly forgeUrl: string;
  readonly #process: PortalProcess;
  readonly #forge: GitServer;

  private constructor(portal: PortalProcess, forge: GitServer) {
    this.#process = portal;
    this.#forge = forge;
    this.url = portal.url;
    this.forgeUrl = forge.url;
  }

  /** @param more - makes what else is there from the beginning: repositories on the forge, entries in the local one */
  static async start(
    components: number,
    more: (forge: RemoteForge) => void,
  ): Promise<ScalePortal> {
    const data = `${portalData}-scale`;
    rmSync(data, { recursive: true, force: true });
    const forgeRoot = join(data, 'forge');
    const remoteRoot = join(data, 'remote');
    mkdirSync(remoteRoot, { recursive: true });
    const forge = await startGitServer({ root: remoteRoot });
    try {
      seedForge(forgeRoot);
      const addressOf = (name: string) =>
        name === 'atlas' ? `${forge.url}/atlas.git` : `file:fleet/${name}.git`;
      await makeFleet({
        // Its entries are read from the forge's own repositories, not from a thousand of them every minute.
        root: join(forgeRoot, 'fleet'),
        infra: join(remoteRoot, 'infra.git'),
        atlasRoot: remoteRoot,
        count: components,
        environments,
        addressOf,
        until: Math.floor(Date.now() / 1000),
        entries: {
          root: forgeRoot,
          of: name => entryOf(name, addressOf(name)),
        },
      });
      more({ url: forge.url, folder: remoteRoot, data });
      const portal = await PortalProcess.start(
        'scripts/start.mjs',
        ['--data', data, '--port', port],
        configOf(forge.url),
      );
      return new ScalePortal(portal, forge);
    } catch (error) {
      await forge.close();
      throw error;
    }
  }

  /** Ends every process of it. */
  async stop(): Promise<void> {
    await this.#process.stop();
    await this.#forge.close();
  }
}

/** The forge as a start makes it, so that the ledger is among the others. */
function seedForge(forge: string): void {
  const code = `
    const { seedForge } = await import(process.argv[1]);
    await seedForge(process.argv[2]);`;
  execFileSync(process.execPath, [
    ...['--input-type=module', '-e', code],
    ...[join(root, 'scripts/seed-forge.mjs'), forge],
  ]);
}

/** The forge is one of the portal's. */
function configOf(forgeUrl: string): Record<string, string> {
  const { host } = new URL(forgeUrl);
  const settings = {
    integrations: {
      gitlab: [
        {
          host,
          baseUrl: forgeUrl,
          apiBaseUrl: `${forgeUrl}/api/v4`,
          token: 'x',
        },
      ],
    },
    // One process: its events need no way over the database, which the catalog has enough of with a thousand components.
    events: { useEventBus: 'never' },
    // Else the catalog is at work on them all the time: every two minutes it looks at each again.
    catalog: { processingInterval: { hours: 1 } },
    dojo_infra: { repository: `${forgeUrl}/infra.git` },
    dojo_allow_repositories: [
      { pattern: 'file:*' },
      { pattern: 'file:fleet/*' },
      { pattern: `${forgeUrl}/*` },
    ],
  };
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      `APP_CONFIG_${key}`,
      JSON.stringify(value),
    ]),
  );
}

function entryOf(name: string, repository: string): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  annotations:
    dojo/repository: ${repository}
spec:
  type: service
  lifecycle: production
  owner: group:default/accounting
`;
}
