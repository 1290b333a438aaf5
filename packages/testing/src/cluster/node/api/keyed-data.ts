import type { KubeApi } from './kube-api';
import { KubeRefusal } from './kube-api';
import type { KeyedData } from './kube-objects';

/** A ConfigMap or a Secret. */
export type DataKind = 'ConfigMap' | 'Secret';

const resources = { ConfigMap: 'configmaps', Secret: 'secrets' } as const;

/** A pod names something that is not there (yet). The message is the kubelet's. */
export class MissingReference extends Error {
  readonly name = 'MissingReference';
}

/** Whether to try again later may help. */
export function isToRetry(error: unknown): error is Error {
  return error instanceof MissingReference || error instanceof KubeRefusal;
}

/**
 * The values of a ConfigMap or Secret.
 * @returns undefined: it is not there, which is allowed (`optional`).
 * @throws MissingReference
 */
export async function readKeyedData(
  api: KubeApi,
  namespace: string,
  ref: {
    readonly kind: DataKind;
    readonly name: string;
    readonly optional?: boolean;
  },
): Promise<ReadonlyMap<string, Buffer> | undefined> {
  const { kind, name, optional } = ref;
  const resource = resources[kind];
  const found = await api.find<KeyedData>(
    `/api/v1/namespaces/${namespace}/${resource}/${name}`,
  );
  if (!found) {
    if (optional) return undefined;
    throw new MissingReference(`${kind.toLowerCase()} "${name}" not found`);
  }
  const encoding = kind === 'Secret' ? 'base64' : 'utf8';
  return new Map([
    ...toValues(found.data, encoding),
    ...toValues(found.binaryData, 'base64'),
  ]);
}

function toValues(
  data: Readonly<Record<string, string>> | undefined,
  encoding: BufferEncoding,
): [string, Buffer][] {
  return Object.entries(data ?? {}).map(([key, value]) => [
    key,
    Buffer.from(value, encoding),
  ]);
}
