import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  deploymentFieldsSchema,
  DeploymentRequest,
} from 'backstage-plugin-dojo-common';
import {
  type ComponentAllowance,
  readComponent,
} from '../component/readComponent';
import type { InfraConfig } from '../config/readDojoConfig';
import { deploymentErrors } from './deploymentErrors';

/** What {@link deploymentPlaces} looks at. */
export interface DeploymentPlacesOptions {
  readonly catalog: CatalogService;
  readonly integrations: ScmIntegrationRegistry;
  readonly allow: ComponentAllowance;
  /** Of components whose annotations name no other; absent: there is none. */
  readonly infra?: InfraConfig;
}

/**
 * Where a component is deployed by, and what: from the configuration and its annotations alone.
 *
 * @param component - complete entity ref
 * @throws DojoError `INFRA_MISSING`, and those of {@link readComponent}.
 */
export async function deploymentPlaces(
  component: string,
  credentials: BackstageCredentials,
  options: DeploymentPlacesOptions,
): Promise<Pick<DeploymentRequest, 'infra' | 'base' | 'branch' | 'image'>> {
  const { repository, basePath, image, infra } = await readComponent(
    component,
    credentials,
    options,
  );
  // A branch belongs to the repository that it was configured with.
  const { repository: place, branch } =
    infra === undefined
      ? options.infra ?? { repository: undefined, branch: undefined }
      : { repository: infra, branch: undefined };
  if (place === undefined) throw deploymentErrors.infraMissing(component);
  return {
    infra: place,
    base: `${repository}//${basePath}`,
    ...(branch !== undefined && { branch }),
    ...(image !== undefined && { image }),
  };
}

/**
 * The name of a component in the paths of overlays and in the cluster.
 *
 * @throws DojoError `DEPLOYMENT_NAMESPACE_OTHER`, `DEPLOYMENT_NAME_UNFIT`.
 */
export function deployedName(component: string): string {
  const { name, namespace } = parseEntityRef(component);
  if (namespace !== 'default') throw deploymentErrors.namespaceOther(component);
  const parsed = deploymentFieldsSchema.shape.component.safeParse(name);
  if (!parsed.success) throw deploymentErrors.nameUnfit(component);
  return parsed.data;
}
