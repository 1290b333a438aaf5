import type { FileSource } from '../ports';
import { readYaml } from '../yaml/read-yaml';
import { toPlainValue } from '../yaml/yaml-value';

/** What an overlay holds that no other one may have, or that only grows. */
export interface HeldPlaces {
  readonly component: string;
  readonly environment: string;
  /** Of its ingresses. */
  readonly hosts: readonly string[];
  /** Size of its claim `dojo-data`, as it is written; absent: none of its files is that claim. */
  readonly storage?: string;
}

/** A YAML file directly in the folder of an overlay, other than the kustomization. */
const overlayFile =
  /^([a-z0-9][a-z0-9-]*)\/([a-z0-9][a-z0-9-]*)\/(?!kustomization\.)[^/]+\.ya?ml$/i;
/** Objects of an overlay are small; what is larger is none of ours. */
const maxText = 64 * 1024;
const limits = { maxValues: 2_000, maxDepth: 20 };
const claim = 'dojo-data';

/**
 * Reads hosts and claims of all overlays of an infra repository. A file that cannot be read as YAML holds none: to refuse
 * it is for whoever deploys that overlay.
 */
export async function observeOverlays(
  source: FileSource,
  signal: AbortSignal,
): Promise<HeldPlaces[]> {
  const all = await source.listFiles('.', signal);
  const paths = all.filter(path => overlayFile.test(path));
  const texts = await source.readFiles(paths, signal);
  const held = new Map<string, { hosts: string[]; storage?: string }>();
  paths.forEach((path, at) => {
    const [component, environment] = path.split('/');
    const key = `${component}/${environment}`;
    const places = held.get(key) ?? { hosts: [] };
    held.set(key, places);
    for (const object of objectsIn(texts[at] ?? '')) {
      places.hosts.push(...hostsOf(object));
      places.storage ??= storageOf(object);
    }
  });
  return [...held].map(([key, { hosts, storage }]) => {
    const [component, environment] = key.split('/');
    return {
      component,
      environment,
      hosts: [...new Set(hosts)],
      ...(storage !== undefined && { storage }),
    };
  });
}

type Plain = Record<string, unknown>;

function objectsIn(text: string): Plain[] {
  if (text.length > maxText) return [];
  const read = readYaml(text, limits);
  if (read.kind === 'invalid') return [];
  return read.documents.map(toPlainValue).filter(isPlain);
}

function hostsOf({ kind, spec }: Plain): string[] {
  if (kind !== 'Ingress' || !isPlain(spec) || !Array.isArray(spec.rules)) {
    return [];
  }
  return spec.rules.flatMap(rule =>
    isPlain(rule) && typeof rule.host === 'string'
      ? [rule.host.toLowerCase()]
      : [],
  );
}

function storageOf({ kind, metadata, spec }: Plain): string | undefined {
  if (kind !== 'PersistentVolumeClaim') return undefined;
  if (!isPlain(metadata) || metadata.name !== claim) return undefined;
  const requests = inside(inside(spec, 'resources'), 'requests');
  const size = inside(requests, 'storage');
  return typeof size === 'string' || typeof size === 'number'
    ? String(size)
    : undefined;
}

function inside(value: unknown, key: string): unknown {
  return isPlain(value) ? value[key] : undefined;
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
