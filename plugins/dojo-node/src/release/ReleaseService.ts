import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  firstUnsettled,
  parseInput,
  releaseChoicesSchema,
  ReleaseResult,
} from 'backstage-plugin-dojo-common';
import {
  dojoDeliveryReadPermission,
  dojoReleaseCreatePermission,
} from 'backstage-plugin-dojo-common/permissions';
import type { Access, AuditedCall, AuditedEnd } from '../access/Access';
import { initiatorOf } from '../access/initiatorOf';
import type {
  DojoPlanOptions,
  DojoRunOptions,
} from '../access/DojoCallOptions';
import {
  type ComponentAllowance,
  readComponent,
} from '../component/readComponent';
import { toComponentRef } from '../component/toComponentRef';
import type { ReleaseRunner, ReleaseWork } from './ReleaseRunner';
import type { Releases, StartReleaseRequest } from './Releases';

const permissions = {
  plan: dojoDeliveryReadPermission,
  run: dojoReleaseCreatePermission,
} as const;

/** What {@link ReleaseService} works with. */
export interface ReleaseServiceOptions {
  readonly access: Access;
  readonly catalog: CatalogService;
  readonly integrations: ScmIntegrationRegistry;
  readonly allow: ComponentAllowance;
  readonly runner: Pick<ReleaseRunner, 'run'>;
}

/** The releases of components: who may, audit, and where it is released. */
export class ReleaseService implements Releases {
  readonly #options: ReleaseServiceOptions;

  constructor(options: ReleaseServiceOptions) {
    this.#options = options;
  }

  async plan(
    request: StartReleaseRequest,
    options: DojoPlanOptions,
  ): Promise<ReleaseResult> {
    return this.#audited('release-plan', 'low', request, options, async () =>
      this.#options.runner.run(
        await this.#authorized('plan', request, options),
        options,
      ),
    );
  }

  async release(
    request: StartReleaseRequest,
    options: DojoRunOptions,
  ): Promise<ReleaseResult> {
    return this.#audited('release', 'medium', request, options, async () =>
      this.#options.runner.run(
        await this.#authorized('run', request, options),
        options,
      ),
    );
  }

  /** The permission comes first: nothing is read, not even the catalog, for who may not. */
  async #authorized(
    mode: ReleaseWork['mode'],
    request: StartReleaseRequest,
    { credentials }: DojoPlanOptions,
  ): Promise<ReleaseWork> {
    const component = toComponentRef(request.component);
    const choices = parseInput(
      releaseChoicesSchema,
      request.choices,
      'release',
    );
    await this.#options.access.require(
      [{ permission: permissions[mode], resourceRef: component }],
      credentials,
    );
    const { migrations, infra, basePath, branch, maintenance, ...where } =
      await readComponent(component, credentials, this.#options);
    return {
      component,
      initiator: initiatorOf(credentials),
      mode,
      request: {
        ...choices,
        ...where,
        branch: choices.branch ?? branch,
        releaseBranch: branch,
        // A component without the annotation has no other branch that is released.
        maintenance: maintenance ?? '',
      },
      planHash: request.planHash,
    };
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
