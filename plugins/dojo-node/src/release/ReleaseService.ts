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
import { codeOf } from '../errors/codeOf';
import { movedErrors } from '../errors/movedErrors';
import type { HeadReader } from '../repository/createHeadReader';
import type { ReleaseRunner, ReleaseWork } from './ReleaseRunner';
import type { Releases, StartReleaseRequest } from './Releases';
import { ReleaseTurns } from './ReleaseTurns';

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
  readonly readHead: HeadReader;
}

/** The releases of components: who may, audit, and where it is released. */
export class ReleaseService implements Releases {
  readonly #options: ReleaseServiceOptions;
  readonly #turns = new ReleaseTurns();

  constructor(options: ReleaseServiceOptions) {
    this.#options = options;
  }

  async plan(
    request: StartReleaseRequest,
    options: DojoPlanOptions,
  ): Promise<ReleaseResult> {
    return this.#audited('release-plan', 'low', request, options, async () =>
      this.#run('plan', request, options),
    );
  }

  async release(
    request: StartReleaseRequest,
    options: DojoRunOptions,
  ): Promise<ReleaseResult> {
    return this.#audited('release', 'medium', request, options, async () =>
      this.#run('run', request, options),
    );
  }

  async #run(
    mode: ReleaseWork['mode'],
    request: StartReleaseRequest,
    options: DojoRunOptions,
  ): Promise<ReleaseResult> {
    const { runner, readHead } = this.#options;
    const work = await this.#authorized(mode, request, options);
    try {
      if (mode === 'plan') return await runner.run(work, options);
      const { component } = work;
      const { signal, log } = options;
      const onWait = () =>
        log?.(`another release of ${component} runs: this one waits for it`);
      return await this.#turns.run({ component, signal, onWait }, () =>
        runner.run(work, options),
      );
    } catch (error) {
      const { reviewedAt } = request;
      // What was pushed may also be what keeps a release from being planned: it has no image yet, say.
      const mayBeMoved = /^(?:PLAN_CHANGED$|RELEASE_)/.test(
        codeOf(error) ?? '',
      );
      if (reviewedAt === undefined || !mayBeMoved) throw error;
      const head = await readHead(
        work.component,
        options,
        request.choices.branch,
      );
      const { branch, commit } = head;
      if (commit === undefined || commit === reviewedAt) throw error;
      throw movedErrors.branchMoved(branch, reviewedAt, commit);
    }
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
