import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  type GitIdentity,
  parseInput,
  rejectionFieldsSchema,
  type RejectionResult,
} from 'backstage-plugin-dojo-common';
import {
  dojoDeliveryReadPermission,
  dojoDeploymentCreatePermission,
} from 'backstage-plugin-dojo-common/permissions';
import { findRejection, rejectVersion } from 'dojo-portal-core/deploy';
import type { createBaseOpener } from 'dojo-portal-core/repository';
import type { Access, AuditedEnd } from '../access/Access';
import type {
  DojoPlanOptions,
  DojoRunOptions,
} from '../access/DojoCallOptions';
import { initiatorOf } from '../access/initiatorOf';
import {
  type ComponentAllowance,
  readComponent,
} from '../component/readComponent';
import { toComponentRef } from '../component/toComponentRef';
import type { Rejections, RejectVersionRequest } from './Rejections';

const permissions = {
  plan: dojoDeliveryReadPermission,
  reject: dojoDeploymentCreatePermission,
} as const;

/** What {@link RejectionService} works with. */
export interface RejectionServiceOptions {
  readonly access: Pick<Access, 'require' | 'audited'>;
  readonly catalog: CatalogService;
  readonly integrations: ScmIntegrationRegistry;
  readonly allow: ComponentAllowance;
  readonly openBase: ReturnType<typeof createBaseOpener>;
  /** Of the commits that hold notes. */
  readonly author: GitIdentity;
  readonly clock: { now(): Date };
}

type Repository = Awaited<ReturnType<RejectionServiceOptions['openBase']>>;

/** The rejections of versions: who may, audit, and in which repository they are noted. */
export class RejectionService implements Rejections {
  readonly #options: RejectionServiceOptions;

  constructor(options: RejectionServiceOptions) {
    this.#options = options;
  }

  async plan(
    request: RejectVersionRequest,
    options: DojoPlanOptions,
  ): Promise<RejectionResult> {
    return this.#audited(
      'plan',
      request,
      options,
      async (repository, asked) => {
        const { version } = asked;
        const { commit, rejection } = await findRejection(
          repository,
          version,
          options.signal,
        );
        return rejection
          ? { outcome: 'already-rejected', commit, rejection }
          : {
              outcome: 'planned',
              commit,
              rejection: {
                ...asked,
                at: this.#options.clock.now().toISOString(),
              },
            };
      },
    );
  }

  async reject(
    request: RejectVersionRequest,
    options: DojoRunOptions,
  ): Promise<RejectionResult> {
    const { author, clock } = this.#options;
    return this.#audited(
      'reject',
      request,
      options,
      async (repository, asked) => {
        const { outcome, ...rest } = await rejectVersion(repository, asked, {
          author,
          at: clock.now(),
          signal: options.signal,
        });
        return {
          ...rest,
          outcome: outcome === 'already' ? 'already-rejected' : outcome,
        };
      },
    );
  }

  /** The permission comes first: nothing is read, not even the catalog, for who may not. */
  #audited(
    verb: keyof typeof permissions,
    request: RejectVersionRequest,
    { credentials }: DojoPlanOptions,
    run: (
      repository: Repository,
      asked: { version: string; reason: string; by: string },
    ) => Promise<RejectionResult>,
  ): Promise<RejectionResult> {
    const { access, openBase } = this.#options;
    const component = toComponentRef(request.component);
    const { version } = request;
    const isRun = verb === 'reject';
    return access.audited(
      {
        eventId: isRun ? 'rejection' : 'rejection-plan',
        severityLevel: isRun ? 'medium' : 'low',
        meta: { component, version },
        credentials,
      },
      async () => {
        const { reason } = request;
        const fields = parseInput(
          rejectionFieldsSchema,
          { version, reason },
          'rejection',
        );
        await access.require(
          [{ permission: permissions[verb], resourceRef: component }],
          credentials,
        );
        const { repository } = await readComponent(
          component,
          credentials,
          this.#options,
        );
        const opened = await openBase(repository);
        try {
          return await run(opened, {
            ...fields,
            by: initiatorOf(credentials),
          });
        } finally {
          await opened.dispose();
        }
      },
      toAuditedEnd,
    );
  }
}

function toAuditedEnd({ outcome, rejection }: RejectionResult): AuditedEnd {
  const { version, reason, by } = rejection;
  return { meta: { outcome, version, reason, by } };
}
