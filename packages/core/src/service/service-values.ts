import type {
  ServiceForge,
  ServiceRequest,
  ServiceValues,
} from 'backstage-plugin-dojo-common';

/** Where the repository of a new service is made, and how its image is called. */
export interface ServicePlaces {
  /** Value of the annotation `dojo/repository`. */
  readonly repository: string;
  /** Value of the annotation `dojo/image`. */
  readonly image: string;
  /** As people say it: `savings.git`, `github.com/acme/savings`. */
  readonly display: string;
}

const defaultHosts = { github: 'github.com', gitlab: 'gitlab.com' };

/** The places of a new service. The image of a hosted one is where the forge's own registry has it. */
export function servicePlaces({
  name,
  forge,
  forgeHost,
  forgeOwner = '',
}: Pick<
  ServiceRequest,
  'name' | 'forge' | 'forgeHost' | 'forgeOwner'
>): ServicePlaces {
  if (forge === 'local') {
    return {
      repository: `file:${name}.git`,
      image: `oci:images/${name}`,
      display: `${name}.git`,
    };
  }
  const host = (forgeHost ?? defaultHosts[forge]).toLowerCase();
  return {
    repository: `https://${host}/${forgeOwner}/${name}`,
    image: `${registryOf(forge, host)}/${forgeOwner.toLowerCase()}/${name}`,
    display: `${host}/${forgeOwner}/${name}`,
  };
}

function registryOf(forge: Exclude<ServiceForge, 'local'>, host: string) {
  if (forge === 'github') {
    return host === 'github.com' ? 'ghcr.io' : `containers.${host}`;
  }
  return `registry.${host}`;
}

/** What the skeleton is rendered with. @param dojo - package of the command: `name@version` */
export function serviceValues(
  request: ServiceRequest,
  { repository, image }: ServicePlaces,
  dojo: string,
): ServiceValues {
  const { name, title, description, owner, system, frontend, forge } = request;
  const packageName = name.replaceAll('-', '_');
  return {
    name,
    package: packageName,
    prefix: packageName.toUpperCase(),
    title: title || titleOf(name),
    description,
    owner,
    system: system?.replace(/^system:(?:default\/)?/, '') ?? '',
    repository,
    image,
    frontend,
    forge,
    dojo,
  };
}

function titleOf(name: string): string {
  return name
    .split('-')
    .map(word => word[0].toUpperCase() + word.slice(1))
    .join(' ');
}
