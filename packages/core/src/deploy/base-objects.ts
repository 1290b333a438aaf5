import { deployErrors } from './deploy-errors';
import type { KubernetesObject } from '../cluster/kubernetes-object';

/** Names of the images that the containers of the objects run, without tag and digest; each once, in their order. */
export function baseImages(objects: readonly KubernetesObject[]): string[] {
  return [...new Set(imagesOf(objects).map(imageName))];
}

/** The images of all containers, init containers included, as they are written. */
export function imagesOf(objects: readonly KubernetesObject[]): string[] {
  return objects.flatMap(object =>
    podSpecsOf(object).flatMap(spec =>
      ['initContainers', 'containers'].flatMap(key =>
        listOf(spec[key]).flatMap(container =>
          typeof container.image === 'string' ? [container.image] : [],
        ),
      ),
    ),
  );
}

/** Name of an image: `127.0.0.1:5000/acme/ledger:0.1.0@sha256:…` is of `127.0.0.1:5000/acme/ledger`. */
export function imageName(image: string): string {
  const [withTag] = image.split('@', 1);
  const colon = withTag.lastIndexOf(':');
  return colon > withTag.lastIndexOf('/') ? withTag.slice(0, colon) : withTag;
}

/** Port of a service's Service, where the base does not say another one. */
const defaultPort = 80;

/**
 * Where an ingress sends requests: the only Service of the base, or the one that is called like the component; of its
 * ports the one called http, or the only one. Where the base has no Service, the one that is called like the component.
 *
 * @throws DojoError DEPLOY_SERVICE_UNCLEAR
 */
export function serviceOf(
  objects: readonly KubernetesObject[],
  component: string,
  host: string,
): { readonly service: string; readonly port: string | number } {
  const services = objects.filter(({ kind }) => kind === 'Service');
  if (services.length === 0) return { service: component, port: defaultPort };
  const service =
    services.length === 1
      ? services[0]
      : services.find(({ metadata }) => metadata.name === component);
  const ports = listOf(asMap(service?.spec)?.ports);
  const port =
    ports.find(({ name }) => name === 'http') ??
    (ports.length === 1 ? ports[0] : undefined);
  const key = port?.name ?? port?.port;
  if (
    service === undefined ||
    (typeof key !== 'string' && typeof key !== 'number')
  ) {
    throw deployErrors.serviceUnclear(
      host,
      services.map(({ metadata }) => metadata.name),
    );
  }
  return { service: service.metadata.name, port: key };
}

type Fields = Readonly<Record<string, unknown>>;

/** Of a Pod, of what makes Pods by a template, and of a CronJob. */
function podSpecsOf({ kind, spec }: KubernetesObject): Fields[] {
  const own = asMap(spec);
  const job = asMap(asMap(own?.jobTemplate)?.spec);
  return [
    kind === 'Pod' ? own : undefined,
    asMap(asMap(own?.template)?.spec),
    asMap(asMap(job?.template)?.spec),
  ].filter(found => found !== undefined);
}

function asMap(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : undefined;
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value)
    ? value.map(asMap).filter(entry => entry !== undefined)
    : [];
}
