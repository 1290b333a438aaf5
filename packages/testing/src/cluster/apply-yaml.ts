import { parseAllDocuments } from 'yaml';
import { setTimeout as wait } from 'node:timers/promises';
import type { AdminClient } from './admin-client';

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

interface ResourceList {
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
  }[];
}

/** Milliseconds in which a definition that was applied is served. */
const servedWithin = 20_000;

/** Options of {@link applyYaml}. */
export interface ApplyYamlOptions {
  /** Default `test`. */
  readonly manager?: string;
  /** Of objects that say none; default `default`. */
  readonly namespace?: string;
}

/** Applies each document of a YAML text on the server's side, by force, in order. */
export async function applyYaml(
  client: AdminClient,
  yaml: string,
  { manager = 'test', namespace = 'default' }: ApplyYamlOptions = {},
): Promise<void> {
  for (const document of parseAllDocuments(yaml)) {
    if (document.errors.length > 0) throw document.errors[0];
    const manifest = document.toJS() as Manifest | null;
    if (!manifest) continue;
    const path = await pathOf(client, manifest, namespace);
    await client.request(
      'PATCH',
      `${path}?fieldManager=${encodeURIComponent(manager)}&force=true`,
      manifest,
      'application/apply-patch+yaml',
    );
  }
}

async function pathOf(
  client: AdminClient,
  { apiVersion, kind, metadata }: Manifest,
  namespace: string,
): Promise<string> {
  const root = apiVersion.includes('/') ? '/apis' : '/api';
  const { name, namespaced } = await resourceOf(
    client,
    `${root}/${apiVersion}`,
    kind,
  );
  const inside = namespaced
    ? `/namespaces/${metadata.namespace ?? namespace}`
    : '';
  return `${root}/${apiVersion}${inside}/${name}/${metadata.name}`;
}

/** Asks the server what the kind is called in paths; a definition that was just applied is served a moment later. */
async function resourceOf(
  client: AdminClient,
  path: string,
  kind: string,
): Promise<ResourceList['resources'][number]> {
  for (const end = Date.now() + servedWithin; ; await wait(20)) {
    const list = (await client.request('GET', path).catch(() => undefined)) as
      | ResourceList
      | undefined;
    const found = list?.resources.find(
      each => each.kind === kind && !each.name.includes('/'),
    );
    if (found) return found;
    if (Date.now() > end) throw new Error(`${path} serves no ${kind}.`);
  }
}
