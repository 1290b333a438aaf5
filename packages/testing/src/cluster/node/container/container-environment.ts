import { MissingReference, readKeyedData } from '../api/keyed-data';
import type { DataKind } from '../api/keyed-data';
import type { KubeApi } from '../api/kube-api';
import { expandVariables } from './local-paths';
import type {
  Container,
  EnvFrom,
  EnvSource,
  KeySelector,
  Pod,
} from '../pod/pod';
import { readPodField } from '../pod/pod-field';
import { toNumber } from '../api/quantity';

/**
 * The variables that a manifest gives a container, still with the container's own paths and ports.
 * @throws MissingReference what is missing, in the kubelet's words.
 */
export async function readEnvironment(
  api: KubeApi,
  pod: Pod,
  container: Container,
): Promise<Record<string, string>> {
  const variables: Record<string, string> = {};
  for (const source of container.envFrom ?? []) {
    Object.assign(variables, await readAll(api, pod, source));
  }
  for (const { name, value, valueFrom } of container.env ?? []) {
    const read = valueFrom
      ? await readOne(api, pod, container, valueFrom)
      : expandVariables(value ?? '', variables);
    if (read !== undefined) variables[name] = read;
  }
  return variables;
}

async function readAll(
  api: KubeApi,
  { metadata }: Pod,
  { prefix = '', configMapRef, secretRef }: EnvFrom,
): Promise<Record<string, string>> {
  const ref = configMapRef ?? secretRef;
  if (!ref) return {};
  const kind: DataKind = configMapRef ? 'ConfigMap' : 'Secret';
  const data = await readKeyedData(api, metadata.namespace!, { kind, ...ref });
  return Object.fromEntries(
    [...(data ?? [])].map(([key, value]) => [`${prefix}${key}`, `${value}`]),
  );
}

async function readOne(
  api: KubeApi,
  pod: Pod,
  container: Container,
  source: EnvSource,
): Promise<string | undefined> {
  const { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef } = source;
  if (configMapKeyRef) return readKey(api, pod, 'ConfigMap', configMapKeyRef);
  if (secretKeyRef) return readKey(api, pod, 'Secret', secretKeyRef);
  if (fieldRef) {
    const value = readPodField(pod, fieldRef.fieldPath);
    if (value !== undefined) return value;
    throw new MissingReference(`unsupported fieldPath: ${fieldRef.fieldPath}`);
  }
  if (resourceFieldRef) return readResource(container, resourceFieldRef);
  throw new MissingReference('a source of a variable that is not known here');
}

async function readKey(
  api: KubeApi,
  { metadata }: Pod,
  kind: DataKind,
  { name, key, optional }: KeySelector,
): Promise<string | undefined> {
  const namespace = metadata.namespace!;
  const data = await readKeyedData(api, namespace, { kind, name, optional });
  const value = data?.get(key);
  if (value !== undefined) return `${value}`;
  if (optional) return undefined;
  throw new MissingReference(
    `couldn't find key ${key} in ${kind} ${namespace}/${name}`,
  );
}

function readResource(
  { resources }: Container,
  { resource, divisor = '1' }: { resource: string; divisor?: string },
): string {
  const [which, ...name] = resource.split('.');
  const amounts = which === 'limits' ? resources?.limits : resources?.requests;
  const amount = toNumber(amounts?.[name.join('.')] ?? '0');
  return String(Math.ceil(amount / (toNumber(divisor) || 1)));
}
