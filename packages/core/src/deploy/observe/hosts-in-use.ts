import { isDojoError } from 'backstage-plugin-dojo-common';
import { isMap, isSeq } from 'yaml';
import { deployErrors } from '../deploy-errors';
import { ingressHosts } from '../overlay/edit-ingress';
import { findPreparedMarks } from '../overlay/prepared-marks';
import { mapAt, pairOf, readYamlFile, textOf } from '../overlay/yaml-file';
import type { YamlFile } from '../overlay/yaml-file';
import type { FileSource, InfraRepository } from '../ports';

/** A host that an overlay has, or is prepared for. */
export interface HostInUse {
  readonly component: string;
  readonly environment: string;
  /** In small letters: `ledger.example.com`. */
  readonly host: string;
}

/** An overlay's own files, `<component>/<environment>/<file>`. */
const overlayFile = /^([^/]+)\/([^/]+)\/(?:[^/]+\.ya?ml|Kustomization)$/;
const kustomizationFile = /\/(?:kustomization\.ya?ml|Kustomization)$/;

/**
 * The hosts of all overlays of an infra repository: of Ingress, HTTPRoute, and those that prepared overlays remember. A host
 * that only a patch sets, or a file in a folder of its own, is not seen; a file that cannot be read has none.
 *
 * @param branch - default: the remote's HEAD.
 * @throws DojoError where the repository cannot be read, or holds more than is looked through (20,000 files).
 */
export async function hostsInUse(
  infra: InfraRepository,
  {
    branch,
    signal,
  }: { readonly branch?: string; readonly signal: AbortSignal },
): Promise<HostInUse[]> {
  const { commit } = await infra.readHead(branch, signal);
  return commit === undefined ? [] : hostsIn(infra.files(commit), signal);
}

/**
 * Ensures that no overlay of another component has a host: of one component several places may answer under one name.
 *
 * @returns what a reader should know: that it could not be looked at, and why.
 * @throws DojoError HOST_TAKEN
 */
export async function ensureHostFree(
  host: string,
  component: string,
  source: FileSource,
  signal: AbortSignal,
): Promise<readonly string[]> {
  let hosts: readonly HostInUse[];
  try {
    hosts = await hostsIn(source, signal, host);
  } catch (error) {
    if (!isDojoError(error) || error.kind === 'unavailable') throw error;
    return [
      `whether another overlay uses the host ${host} could not be looked at: ${error.message}`,
    ];
  }
  const other = hosts.find(one => one.component !== component);
  if (other === undefined) return [];
  throw deployErrors.hostTaken(host, other);
}

/** @param only - the one host that is looked for; default: all. */
async function hostsIn(
  source: FileSource,
  signal: AbortSignal,
  only?: string,
): Promise<HostInUse[]> {
  const paths = (await source.listFiles('.', signal)).filter(path =>
    overlayFile.test(path),
  );
  const texts = await source.readFiles(paths, signal);
  const found = new Map<string, HostInUse>();
  paths.forEach((path, at) => {
    const text = texts[at];
    if (text === undefined) return;
    // Most files have none: those are not parsed.
    if (only !== undefined && !text.toLowerCase().includes(only)) return;
    const [, component, environment] = overlayFile.exec(path)!;
    for (const name of hostsOf(path, text)) {
      const host = name.toLowerCase();
      if (only !== undefined && host !== only) continue;
      found.set([component, environment, host].join('/'), {
        component,
        environment,
        host,
      });
    }
  });
  return [...found.values()];
}

function hostsOf(path: string, text: string): string[] {
  if (kustomizationFile.test(path)) {
    const host = findPreparedMarks(text)?.host;
    return host === undefined ? [] : [host];
  }
  if (!/\b(?:Ingress|HTTPRoute)\b/.test(text)) return [];
  try {
    const file = readYamlFile(path, text);
    return [...ingressHosts([file]), ...routeHosts(file)];
  } catch (error) {
    // It is that overlay's problem, and told where that one is deployed.
    if (isDojoError(error)) return [];
    throw error;
  }
}

/** Of the Gateway API. */
function routeHosts(file: YamlFile): string[] {
  return file.documents.flatMap(({ contents }) => {
    if (!isMap(contents)) return [];
    if (textOf(pairOf(file, contents, 'kind')?.value) !== 'HTTPRoute')
      return [];
    const spec = mapAt(file, contents, ['spec']);
    const names = spec && pairOf(file, spec, 'hostnames')?.value;
    return isSeq(names) ? names.items.flatMap(node => textOf(node) ?? []) : [];
  });
}
