import { mayCarryCredentials } from '../http/may-carry-credentials';
import { sleep } from '../http/retry';
import type { HttpPorts } from '../http/retry';
import { sendRequest } from '../http/send-request';
import type { LocalRoot } from '../local/local-root';
import type { ImageRepository } from '../release/ports';
import { layoutErrors } from './layout/layout-errors';
import { OciLayoutRepository } from './layout/oci-layout-repository';
import { isImageLayout, parseImageLayout } from './layout/parse-image-layout';
import { ociErrors } from './oci-errors';
import { OciImageRepository } from './oci-image-repository';
import {
  normalizeRegistryHost,
  parseImageRepository,
} from './parse-image-repository';
import { RegistryAuth } from './registry-auth';
import type { RegistryCredentials } from './registry-auth';
import { RegistryClient } from './registry-client';

/** A registry and how to sign in; without password it is read anonymously. */
export interface RegistryConfig extends RegistryCredentials {
  /** Host and port, such as `ghcr.io`; `docker.io` for Docker Hub. */
  readonly host: string;
  /** The key of the configuration that half of its credentials lack; such a registry is not asked. */
  readonly missing?: string;
}

/** Options of {@link createImageOpener}. */
export interface ImageOpenerOptions {
  readonly registries: readonly RegistryConfig[];
  /** `listed`: only the registries above may be reached. `any`: others too, anonymously. */
  readonly allow: 'listed' | 'any';
  /** Where image layouts, `oci:images/ledger`, may be; default: nowhere. */
  readonly layouts?: LocalRoot;
  /** What the client reaches the outside with; default: the platform's own. */
  readonly ports?: Partial<HttpPorts>;
}

/**
 * Makes the function that opens image repositories, of registries and in folders. Nothing is asked of either before the
 * first read, and a repository signs in only when its registry asks for it.
 *
 * @returns a function that throws DojoError IMAGE_REPOSITORY_INVALID, REGISTRY_NOT_ALLOWED, REGISTRY_KEY_MISSING or,
 * without `layouts`, IMAGE_LAYOUT_OUTSIDE_FORGE.
 */
export function createImageOpener(
  options: ImageOpenerOptions,
): (repository: string) => ImageRepository {
  const ports: HttpPorts = {
    send: sendRequest,
    sleep,
    clock: { now: () => new Date() },
    ...options.ports,
  };
  const registries = new Map(
    options.registries.map(each => [normalizeRegistryHost(each.host), each]),
  );
  return repository => {
    if (isImageLayout(repository)) {
      const path = parseImageLayout(repository);
      if (options.layouts === undefined) {
        throw layoutErrors.outsideRoot(repository);
      }
      return new OciLayoutRepository(repository, path, options.layouts, ports);
    }
    const location = parseImageRepository(repository);
    const credentials = registries.get(location.host);
    if (credentials === undefined && options.allow === 'listed') {
      throw ociErrors.registryNotAllowed(location.name, location.host, [
        ...registries.keys(),
      ]);
    }
    if (credentials?.missing !== undefined) {
      throw ociErrors.credentialsIncomplete(location.host, credentials.missing);
    }
    const plainHttp = credentials?.plainHttp ?? isLoopback(location.host);
    const origin = `${plainHttp ? 'http' : 'https'}://${location.apiHost}`;
    const access = {
      ...(mayCarryCredentials(new URL(origin)) && credentials),
      plainHttp,
    };
    const auth = new RegistryAuth(location, access, ports);
    const client = new RegistryClient(location, access, auth, ports);
    return new OciImageRepository(location.name, client, ports);
  };
}

/** Docker, too, takes a registry of this machine for one without TLS. */
function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3})(?::\d+)?$/.test(host);
}
