import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  dojoAnnotations,
  isDojoError,
  ServiceRequest,
  ServiceResult,
} from 'backstage-plugin-dojo-common';
import { observeOverlays, parseQuantity } from 'dojo-portal-core/deploy';
import type { createInfraOpener } from 'dojo-portal-core/repository';
import {
  firstVersion,
  LocalForge,
  markIn,
  planService,
  readBeginning,
  servicePlaces,
  ServiceState,
  serviceValues,
} from 'dojo-portal-core/service';
import type { DojoPlanOptions } from '../access/DojoCallOptions';
import { isAllowed } from '../component/isAllowed';
import type { ComponentAllowance } from '../component/readComponent';
import type { Environments } from '../config/Environments';
import type { InfraConfig } from '../config/readDojoConfig';
import { deploymentErrors } from '../deployment/deploymentErrors';
import { serviceErrors } from '../errors/serviceErrors';
import type { createRepositoryOpener } from '../repository/createRepositoryOpener';
import { isSameRepository } from './isSameRepository';
import { newServiceErrors } from './newServiceErrors';
import { readSkeleton } from './readSkeleton';

/** What {@link planNewService} looks at. */
export interface PlanNewServiceOptions {
  readonly catalog: CatalogService;
  readonly auth: AuthService;
  readonly allow: ComponentAllowance;
  readonly environments: Environments;
  /** Of new services; absent: there is none. */
  readonly infra?: InfraConfig;
  /** Absent: there is no local forge. */
  readonly forge?: LocalForge;
  readonly openRepository: ReturnType<typeof createRepositoryOpener>;
  readonly openInfra: ReturnType<typeof createInfraOpener>;
  /** Package of the `dojo` command: `name@version`. */
  readonly cli: string;
}

/** The template that this package comes with. */
const templateRef = 'template:default/dojo-service';

/**
 * The plan of a new service, of what catalog, forge, configuration and overlays say now. Nobody is asked any more who may.
 *
 * @throws DojoError SERVICE_FORGE_MISSING, INFRA_MISSING, IMAGE_NOT_ALLOWED, and those of git.
 */
export async function planNewService(
  request: ServiceRequest,
  options: PlanNewServiceOptions,
  { credentials, signal }: DojoPlanOptions,
): Promise<ServiceResult> {
  const { catalog, auth, environments, infra, allow } = options;
  const { name, owner, system, forge, frontend } = request;
  const places = servicePlaces(request);
  const component = `component:default/${name}`;
  if (infra === undefined) throw deploymentErrors.infraMissing(component);
  if (!isAllowed(places.image, owner, allow.images)) {
    throw serviceErrors.imageNotAllowed(component, places.image);
  }
  // A name is taken whoever may see by what.
  const own = await auth.getOwnServiceCredentials();
  const find = (ref: string, as: BackstageCredentials) =>
    catalog.getEntityByRef(ref, { credentials: as });
  const [held, template, foundOwner, foundSystem, repository, overlays] =
    await Promise.all([
      find(component, own),
      find(templateRef, own),
      find(owner, credentials),
      system === undefined ? undefined : find(system, credentials),
      forge === 'local'
        ? observeLocal(places.repository, options, signal)
        : observeHosted(places.repository, options, signal),
      readOverlays(infra, options, signal),
    ]);
  const folders = ['skeleton', ...(frontend === 'vue' ? ['frontend'] : [])];
  const skeleton = await readSkeleton(template, folders, signal);
  const state: ServiceState = {
    component: standingOf(held, places.repository),
    repository,
    isOwnerKnown: foundOwner !== undefined,
    isSystemKnown: system === undefined || foundSystem !== undefined,
    infra: infra.repository,
    environments: environments
      .list()
      .map(({ name: environment, mode = 'commit', migrates }) => ({
        name: environment,
        mode,
        migrates,
      })),
    overlays,
    ...(skeleton && { skeleton }),
  };
  const values = serviceValues(request, places, options.cli);
  const toBytes = parseQuantity;
  return planService({ request, places, values, state, toBytes });
}

function standingOf(
  entity: Entity | undefined,
  repository: string,
): ServiceState['component'] {
  if (entity === undefined) return 'absent';
  const annotation = entity.metadata.annotations?.[dojoAnnotations.repository];
  return isSameRepository(annotation, repository) ? 'ours' : 'other';
}

async function observeLocal(
  repository: string,
  { forge }: PlanNewServiceOptions,
  signal: AbortSignal,
): Promise<ServiceState['repository']> {
  if (forge === undefined) throw newServiceErrors.forgeMissing();
  const beginning = await forge.readBeginning(repository, signal);
  if (beginning === undefined) return { kind: 'absent' };
  // Of ours none is ever empty: somebody else made it.
  return toState(beginning, 'there');
}

async function observeHosted(
  repository: string,
  { openRepository }: PlanNewServiceOptions,
  signal: AbortSignal,
): Promise<ServiceState['repository']> {
  const opened = await openRepository(repository);
  try {
    return toState(await readBeginning(opened, signal), 'empty');
  } catch (error) {
    const isAbsent =
      isDojoError(error) && error.code === 'GIT_REPOSITORY_NOT_FOUND';
    if (isAbsent) return { kind: 'absent' };
    throw error;
  } finally {
    await opened.dispose();
  }
}

function toState(
  beginning: Awaited<ReturnType<typeof readBeginning>>,
  empty: 'there' | 'empty',
): ServiceState['repository'] {
  if (beginning.kind === 'empty') {
    return empty === 'empty'
      ? { kind: 'empty' }
      : { kind: 'there', isPastRelease: false };
  }
  if (beginning.kind === 'grown') {
    return { kind: 'there', isPastRelease: false };
  }
  const { message, refs } = beginning;
  const mark = markIn(message);
  const released = refs.tags.find(({ name }) => name === `v${firstVersion}`);
  const head = refs.branches.get(refs.headBranch ?? '');
  return {
    kind: 'there',
    ...(mark !== undefined && { mark }),
    isPastRelease: released !== undefined && released.commit !== head,
  };
}

async function readOverlays(
  { repository, branch }: InfraConfig,
  { openInfra }: PlanNewServiceOptions,
  signal: AbortSignal,
): Promise<ServiceState['overlays']> {
  const opened = await openInfra(repository);
  try {
    const { commit } = await opened.readHead(branch, signal);
    if (commit === undefined) return [];
    const held = await observeOverlays(opened.files(commit), signal);
    return held.map(({ component, environment, hosts, storage }) => {
      const bytes = parseQuantity(storage);
      return {
        component,
        environment,
        hosts,
        ...(storage !== undefined &&
          bytes !== undefined && { storage: { written: storage, bytes } }),
      };
    });
  } finally {
    await opened.dispose();
  }
}
