import { withoutCredentials } from '../text/without-credentials';
import { ociErrors } from './oci-errors';

/** Where an image repository is. */
export interface ImageLocation {
  /** As people write it, in full: `docker.io/library/duckdb`. */
  readonly name: string;
  /** Host and port as configured in `dojo.registries`: `docker.io`. */
  readonly host: string;
  /** Host and port that answer: `registry-1.docker.io`. */
  readonly apiHost: string;
  /** `library/duckdb` */
  readonly path: string;
}

// https://github.com/distribution/reference/blob/main/reference.go, grammar at the top.
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const hostPattern =
  /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::\d{1,5})?$/;
const maxPathLength = 255;
const dockerHosts = ['docker.io', 'index.docker.io', 'registry-1.docker.io'];

/**
 * Parses `host/path` of an image, without tag; a name without host is Docker Hub's, as docker reads it.
 *
 * @throws DojoError IMAGE_REPOSITORY_INVALID
 */
export function parseImageRepository(repository: string): ImageLocation {
  const invalid = (problem: string) =>
    ociErrors.repositoryInvalid(
      (/^[^:@]*@sha256:/.test(repository)
        ? repository
        : withoutCredentials(repository)
      ).slice(0, maxPathLength),
      problem,
    );
  if (repository.length > 2 * maxPathLength) throw invalid('it is too long');
  if (repository.startsWith('-')) throw invalid('it begins with a hyphen');
  if (repository.includes('://')) throw invalid('it has a scheme');
  if (repository.includes('@')) {
    throw invalid('it has a digest or a user name');
  }
  if (/[A-Z]/.test(repository)) {
    throw invalid('it has uppercase letters, which registries refuse');
  }
  const parts = repository.split('/');
  const named = parts.length > 1 && isHost(parts[0]);
  const written = named ? parts[0] : 'docker.io';
  const rest = named ? parts.slice(1) : parts;
  if (rest[rest.length - 1].includes(':')) throw invalid('it has a tag');
  if (!hostPattern.test(written)) throw invalid(`"${written}" is not a host`);
  const wrong = rest.find(part => !component.test(part));
  if (wrong !== undefined) throw invalid(`"${wrong}" is not a path component`);

  const isDocker = dockerHosts.includes(written);
  const host = isDocker ? 'docker.io' : written;
  const path =
    isDocker && rest.length === 1 ? `library/${rest[0]}` : rest.join('/');
  if (path.length > maxPathLength) {
    throw invalid(`its path is longer than ${maxPathLength} characters`);
  }
  return {
    name: `${host}/${path}`,
    host,
    apiHost: isDocker ? 'registry-1.docker.io' : host,
    path,
  };
}

/** The name under which a registry is configured, whatever of Docker Hub's names somebody used. */
export function normalizeRegistryHost(host: string): string {
  return dockerHosts.includes(host) ? 'docker.io' : host;
}

function isHost(part: string): boolean {
  return part.includes('.') || part.includes(':') || part === 'localhost';
}
