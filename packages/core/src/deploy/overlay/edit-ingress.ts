import type { Splice } from 'backstage-plugin-dojo-common';
import { isMap, isSeq } from 'yaml';
import type { Node, YAMLMap } from 'yaml';
import { overlayErrors } from './overlay-errors';
import { inOrder } from './edit-kustomization';
import { setText } from './yaml-edits';
import { mapAt, pairOf, startOf, textOf } from './yaml-file';
import type { YamlFile } from './yaml-file';

/**
 * The splices that give an ingress its host, in its rule and where TLS names the former one.
 *
 * @returns none where a rule has the host already.
 * @throws DojoError DEPLOY_HOST_AMBIGUOUS, DEPLOY_OVERLAY_UNREADABLE, DEPLOY_OVERLAY_NOT_EDITABLE, with file and line.
 */
export function editIngress(
  { file, map }: { readonly file: YamlFile; readonly map: YAMLMap },
  host: string,
): Splice[] {
  const spec = mapAt(file, map, ['spec']);
  const rules = spec === undefined ? [] : listIn(file, spec, 'rules');
  const hosts = rules.flatMap(rule => {
    const node = isMap(rule) ? pairOf(file, rule, 'host')?.value : undefined;
    return node ? [node] : [];
  });
  const texts = hosts.map(node => textOf(node) ?? '');
  if (texts.includes(host)) return [];
  const at = file.at(startOf(map));
  const [only, second] = new Set(texts);
  if (spec === undefined || only === undefined) {
    throw overlayErrors.unreadable(at, 'the ingress has no rule with a host');
  }
  if (second !== undefined) {
    throw overlayErrors.hostsSeveral(at, texts, host);
  }
  const secured = listIn(file, spec, 'tls')
    .flatMap(entry => (isMap(entry) ? listIn(file, entry, 'hosts') : []))
    .filter(node => textOf(node) === only);
  return inOrder(
    [...hosts, ...secured].flatMap(node =>
      setText(file, node, host, "the ingress's host"),
    ),
  );
}

/** The hosts of all ingresses in files. */
export function ingressHosts(files: readonly YamlFile[]): string[] {
  return files.flatMap(file =>
    file.documents.flatMap(({ contents }) => {
      if (!isMap(contents)) return [];
      const isIngress =
        textOf(pairOf(file, contents, 'kind')?.value) === 'Ingress';
      const spec = mapAt(file, contents, ['spec']);
      if (!isIngress || spec === undefined) return [];
      return listIn(file, spec, 'rules').flatMap(rule =>
        isMap(rule) ? textOf(pairOf(file, rule, 'host')?.value) ?? [] : [],
      );
    }),
  );
}

function listIn(file: YamlFile, map: YAMLMap, key: string): Node[] {
  const value = pairOf(file, map, key)?.value;
  return isSeq(value) ? (value.items as Node[]) : [];
}
