import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  dojoDeliveryLogsPermission,
  dojoDeliveryReadPermission,
  dojoDeploymentCreatePermission,
  dojoEnvironmentChangePermission,
  dojoMigrationRunPermission,
  dojoReleaseCreatePermission,
} from 'backstage-plugin-dojo-common/permissions';
import type { DeliveryCaller } from 'dojo-portal-core/delivery';
import { initiatorOf } from '../../access/initiatorOf';
import { serviceErrors } from '../../errors/serviceErrors';
import { KeptFor } from './KeptFor';

const keptMs = 30_000;
/** Resources in one question, which the permission backend takes up to 100 KB of. */
const atOnce = 200;
const refFields = ['kind', 'metadata.name', 'metadata.namespace'];

const verbs: readonly ResourcePermission[] = [
  dojoDeliveryReadPermission,
  dojoDeliveryLogsPermission,
  dojoReleaseCreatePermission,
  dojoMigrationRunPermission,
  dojoDeploymentCreatePermission,
];

/** What {@link DeliveryAccess} asks. */
export interface DeliveryAccessOptions {
  readonly permissions: PermissionsService;
  readonly catalog: CatalogService;
  readonly clock: { now(): Date };
}

/** Who may see and do what with deliveries. */
export class DeliveryAccess {
  readonly #options: DeliveryAccessOptions;
  readonly #seen: KeptFor<boolean>;
  readonly #visible: KeptFor<ReadonlySet<string>>;
  readonly #readable: KeptFor<ReadonlySet<string>>;

  constructor(options: DeliveryAccessOptions) {
    const { clock } = options;
    const kept = { milliseconds: keptMs, clock };
    this.#options = options;
    this.#seen = new KeptFor({ ...kept, max: 10_000 });
    this.#visible = new KeptFor({ ...kept, max: 100 });
    this.#readable = new KeptFor({ ...kept, max: 100 });
  }

  /**
   * What the initiator may do with a component: every permission in one question.
   *
   * @param ref - complete entity ref
   * @throws DojoError `COMPONENT_NOT_FOUND` for who may not read its delivery, or not see it in the catalog.
   */
  async callerOf(
    ref: string,
    environments: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<DeliveryCaller> {
    const decisions = await this.#options.permissions.authorize(
      [
        ...verbs.map(permission => ({ permission, resourceRef: ref })),
        ...environments.map(resourceRef => ({
          permission: dojoEnvironmentChangePermission,
          resourceRef,
        })),
      ],
      { credentials },
    );
    const isAllowed = (index: number) =>
      decisions[index]?.result === AuthorizeResult.ALLOW;
    const has = (permission: ResourcePermission) =>
      isAllowed(verbs.indexOf(permission));
    if (!has(dojoDeliveryReadPermission)) {
      throw serviceErrors.componentNotFound(ref);
    }
    await this.ensureSees(ref, credentials);
    const changeable = new Set(
      environments.filter((_, index) => isAllowed(verbs.length + index)),
    );
    const release = has(dojoReleaseCreatePermission);
    const migrate = has(dojoMigrationRunPermission);
    const deploy = has(dojoDeploymentCreatePermission);
    const initiator = initiatorOf(credentials);
    return {
      change: release || ((migrate || deploy) && changeable.size > 0),
      logs: has(dojoDeliveryLogsPermission),
      may(verb, environment) {
        if (verb === 'release') return release;
        // What is rejected is kept from environments, all of them.
        if (verb === 'reject') return deploy;
        const isGranted = verb === 'migrate' ? migrate : deploy;
        return (
          isGranted &&
          (environment === undefined
            ? changeable.size > 0
            : changeable.has(environment))
        );
      },
      ...(initiator.includes(':') && { ref: initiator }),
    };
  }

  /** @throws DojoError `COMPONENT_NOT_FOUND` where the catalog does not show it to the initiator. */
  async ensureSees(
    ref: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const isSeen = await this.#seen.get(
      `${initiatorOf(credentials)} ${ref}`,
      async () => {
        const { items } = await this.#options.catalog.getEntitiesByRefs(
          { entityRefs: [ref], fields: refFields },
          { credentials },
        );
        return items[0] !== undefined;
      },
    );
    if (!isSeen) throw serviceErrors.componentNotFound(ref);
  }

  /** Those of the components whose deliveries the initiator may read. */
  async readable(
    refs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<ReadonlySet<string>> {
    const who = initiatorOf(credentials);
    const { permissions } = this.#options;
    const [decision] = await permissions.authorizeConditional(
      [{ permission: dojoDeliveryReadPermission }],
      { credentials },
    );
    if (decision?.result === AuthorizeResult.DENY) return new Set();
    const visible = await this.#visible.get(who, () =>
      this.#visibleTo(credentials),
    );
    const seen = refs.filter(ref => visible.has(ref));
    if (decision?.result === AuthorizeResult.ALLOW) return new Set(seen);
    return this.#readable.get(`${who} ${JSON.stringify(decision)}`, () =>
      this.#allowedOf(seen, credentials),
    );
  }

  async #visibleTo(
    credentials: BackstageCredentials,
  ): Promise<ReadonlySet<string>> {
    const { items } = await this.#options.catalog.getEntities(
      { filter: { kind: 'component' }, fields: refFields },
      { credentials },
    );
    return new Set(items.map(entity => stringifyEntityRef(entity)));
  }

  async #allowedOf(
    refs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<ReadonlySet<string>> {
    const allowed = new Set<string>();
    for (let from = 0; from < refs.length; from += atOnce) {
      const asked = refs.slice(from, from + atOnce);
      const decisions = await this.#options.permissions.authorize(
        asked.map(resourceRef => ({
          permission: dojoDeliveryReadPermission,
          resourceRef,
        })),
        { credentials },
      );
      for (const [index, ref] of asked.entries()) {
        if (decisions[index]?.result === AuthorizeResult.ALLOW) {
          allowed.add(ref);
        }
      }
    }
    return allowed;
  }
}
