import type { ImagePin } from 'backstage-plugin-dojo-common';
import { claimName } from './edit-claim';
import type { WishedStorage } from './edit-claim';
import { preparedLines } from './prepared-marks';
import { yamlLine, yamlText } from './yaml-text';

/** Names of the files of an overlay that we write. */
export const overlayFiles = {
  kustomization: 'kustomization.yaml',
  claim: 'pvc.yaml',
  ingress: 'ingress.yaml',
} as const;

/** What a new overlay is made from. */
export interface NewOverlay {
  readonly component: string;
  readonly namespace: string;
  /** Absent: the overlay is only prepared, and nothing runs by it. */
  readonly version?: NewVersion;
  readonly storage?: WishedStorage;
  readonly ingress?: NewIngress;
  /** Of a prepared overlay: the host that the first deployment makes an ingress for. */
  readonly preparedHost?: string;
}

/** What runs by a new overlay. */
export interface NewVersion {
  /** `<repository>//<path>` */
  readonly base: string;
  readonly commit: string;
  readonly tag?: string;
  readonly images: readonly ImagePin[];
}

/** Where the requests of a host go. */
export interface NewIngress {
  readonly name: string;
  readonly host: string;
  readonly service: string;
  /** Name of the port, or its number. */
  readonly port: string | number;
}

/** The files of a new overlay, by their names in its folder. */
export function newOverlay(overlay: NewOverlay): ReadonlyMap<string, string> {
  const { storage, ingress } = overlay;
  return new Map([
    [overlayFiles.kustomization, kustomizationText(overlay)],
    ...(storage ? [[overlayFiles.claim, claimText(storage)] as const] : []),
    ...(ingress ? [[overlayFiles.ingress, ingressText(ingress)] as const] : []),
  ]);
}

function kustomizationText(overlay: NewOverlay): string {
  const { component, namespace, version, storage, ingress } = overlay;
  const images = version?.images ?? [];
  const resources = [
    ...(version ? [baseLine(version)] : []),
    ...(storage ? [overlayFiles.claim] : []),
    ...(ingress ? [overlayFiles.ingress] : []),
  ];
  return lines([
    ...(version ? [] : preparedLines(overlay.preparedHost)),
    'apiVersion: kustomize.config.k8s.io/v1beta1',
    'kind: Kustomization',
    `namespace: ${yamlText(namespace)}`,
    ...(resources.length > 0 ? ['resources:'] : []),
    ...resources.map(resource => `  - ${resource}`),
    ...(images.length > 0 ? ['images:', ...images.flatMap(imageLines)] : []),
    'labels:',
    '  - pairs:',
    `      app.kubernetes.io/part-of: ${yamlText(component)}`,
  ]);
}

function baseLine({ base, commit, tag }: NewVersion): string {
  return `${yamlLine(`${base}?ref=${commit}`)}${tag ? ` # ${tag}` : ''}`;
}

function imageLines({ name, newName, newTag, digest }: ImagePin): string[] {
  return [
    `  - name: ${yamlLine(name)}`,
    ...(newName === undefined ? [] : [`    newName: ${yamlLine(newName)}`]),
    // A digest says it all: a tag beside it would be a second identity.
    ...(digest === undefined ? [] : [`    digest: ${yamlLine(digest)}`]),
    ...(digest === undefined && newTag !== undefined
      ? [`    newTag: ${yamlText(newTag)}`]
      : []),
  ];
}

/** The claim `dojo-data`. */
export function claimText({
  size,
  class: storageClass,
  accessModes = ['ReadWriteOnce'],
}: WishedStorage): string {
  return lines([
    'apiVersion: v1',
    'kind: PersistentVolumeClaim',
    'metadata:',
    `  name: ${claimName}`,
    'spec:',
    '  accessModes:',
    ...accessModes.map(mode => `    - ${mode}`),
    ...(storageClass === undefined
      ? []
      : [`  storageClassName: ${yamlText(storageClass)}`]),
    '  resources:',
    '    requests:',
    `      storage: ${yamlText(size)}`,
  ]);
}

/** An ingress that sends everything of a host to one service. */
export function ingressText({ name, host, service, port }: NewIngress): string {
  return lines([
    'apiVersion: networking.k8s.io/v1',
    'kind: Ingress',
    'metadata:',
    `  name: ${yamlText(name)}`,
    'spec:',
    '  rules:',
    `    - host: ${yamlText(host)}`,
    '      http:',
    '        paths:',
    '          - path: /',
    '            pathType: Prefix',
    '            backend:',
    '              service:',
    `                name: ${yamlText(service)}`,
    '                port:',
    typeof port === 'number'
      ? `                  number: ${port}`
      : `                  name: ${yamlText(port)}`,
  ]);
}

function lines(texts: readonly string[]): string {
  return `${texts.join('\n')}\n`;
}
