import type { Pod } from './pod';
import { podIP } from './pod';

/**
 * What a `fieldRef` of a variable or a file stands for.
 * @returns undefined: the kubelet does not know such a field.
 */
export function readPodField(
  { metadata, spec }: Pod,
  fieldPath: string,
): string | undefined {
  const keyed = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(fieldPath);
  if (keyed) {
    const [, which, key] = keyed;
    return metadata[which as 'labels' | 'annotations']?.[key] ?? '';
  }
  switch (fieldPath) {
    case 'metadata.name':
      return metadata.name;
    case 'metadata.namespace':
      return metadata.namespace ?? '';
    case 'metadata.uid':
      return metadata.uid;
    case 'metadata.labels':
      return toLines(metadata.labels);
    case 'metadata.annotations':
      return toLines(metadata.annotations);
    case 'spec.nodeName':
      return spec.nodeName ?? '';
    case 'spec.serviceAccountName':
      return spec.serviceAccountName ?? '';
    case 'status.podIP':
    case 'status.podIPs':
    case 'status.hostIP':
    case 'status.hostIPs':
      return podIP;
    default:
      return undefined;
  }
}

function toLines(map: Readonly<Record<string, string>> = {}): string {
  return Object.keys(map)
    .sort()
    .map(key => `${key}=${JSON.stringify(map[key])}`)
    .join('\n');
}
