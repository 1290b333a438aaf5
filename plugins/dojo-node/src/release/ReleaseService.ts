import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import {
  firstUnsettled,
  parseInput,
  releaseChoicesSchema,
  ReleaseRequest,
  ReleaseResult,
} from 'backstage-plugin-dojo-common';
import {
  dojoDeliveryReadPermission,
  dojoReleaseCreatePermission,
} from 'backstage-plugin-dojo-common/permissions';
import { release, ReleasePorts } from 'dojo-portal-core/release';
import type { Access, AuditedCall, AuditedEnd } from '../access/Access';
import type {
  DojoPlanOptions,
  DojoRunOptions,
} from '../access/DojoCallOptions';
import { readComponent } from '../component/readComponent';
import { toComponentRef } from '../component/toComponentRef';
import type {
  PlanReleaseRequest,
  Releases,
  StartReleaseRequest,
} from './Releases';

/** What {@link ReleaseService} works with. */
export interface ReleaseServiceOptions {
  readonly access: Access;
  readonly catalog: CatalogService;
  readonly integrations: ScmIntegrationRegistry;
  readonly ports: ReleasePorts;
}

/** The releases of components: who may, audit, and the engine over the real systems. */
export class ReleaseService implements Releases {
  readonly #options: ReleaseServiceOptions;

  constructor(options: ReleaseServiceOptions) {
    this.#options = options;
  }

  async plan(
    request: PlanReleaseRequest,
    options: DojoPlanOptions,
  ): Promise<ReleaseResult> {
    return this.#audited('release-plan', 'low', request, options, async () =>
      release(
        await this.#authorized(dojoDeliveryReadPermission, request, options),
        this.#options.ports,
        { signal: options.signal, dryRun: true },
      ),
    );
  }

  async release(
    request: StartReleaseRequest,
    options: DojoRunOptions,
  ): Promise<ReleaseResult> {
    return this.#audited('release', 'medium', request, options, async () =>
      release(
        await this.#authorized(dojoReleaseCreatePermission, request, options),
        this.#options.ports,
        {
          signal: options.signal,
          planHash: request.planHash,
          log: options.log,
          onOutcome: options.onOutcome,
        },
      ),
    );
  }

  /** The permission comes first: nothing is read, not even the catalog, for who may not. */
  async #authorized(
    permission: ResourcePermission,
    request: PlanReleaseRequest,
    { credentials }: DojoPlanOptions,
  ): Promise<ReleaseRequest> {
    const ref = toComponentRef(request.component);
    const choices = parseInput(
      releaseChoicesSchema,
      request.choices,
      'release',
    );
    await this.#options.access.require(
      [{ permission, resourceRef: ref }],
      credentials,
    );
    const { repository, branch, image } = await readComponent(
      ref,
      credentials,
      this.#options,
    );
    return { ...choices, repository, branch, image };
  }

  #audited(
    eventId: string,
    severityLevel: AuditedCall['severityLevel'],
    { component, planHash }: StartReleaseRequest,
    { credentials }: DojoPlanOptions,
    run: () => Promise<ReleaseResult>,
  ): Promise<ReleaseResult> {
    return this.#options.access.audited(
      { eventId, severityLevel, meta: { component, planHash }, credentials },
      run,
      toAuditedEnd,
    );
  }
}

function toAuditedEnd(result: ReleaseResult): AuditedEnd {
  const { outcome, version, tag, planHash } = result;
  const open = firstUnsettled(result.effects);
  return {
    meta: { outcome, version, tag, planHash },
    ...(open?.kind === 'failed' && { failed: open.error }),
  };
}
