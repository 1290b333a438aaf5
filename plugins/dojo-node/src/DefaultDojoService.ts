import type {
  AuditorService,
  AuditorServiceCreateEventOptions,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  parseInput,
  releaseChoicesSchema,
  ReleaseRequest,
  ReleaseResult,
} from 'backstage-plugin-dojo-common';
import {
  dojoDeliveryReadPermission,
  dojoReleaseCreatePermission,
} from 'backstage-plugin-dojo-common/permissions';
import { release, ReleasePorts } from 'dojo-portal-core';
import { readComponent } from './component/readComponent';
import { componentRefInvalid, permissionDenied } from './errors/serviceErrors';
import { fromDojoErrorJson, toBackstageError } from './errors/toBackstageError';
import type {
  DojoPlanOptions,
  DojoReleaseOptions,
  DojoService,
  PlanReleaseRequest,
  StartReleaseRequest,
} from './types';

/** What {@link DefaultDojoService} works with. */
export interface DefaultDojoServiceOptions {
  readonly auditor: AuditorService;
  readonly permissions: PermissionsService;
  readonly catalog: CatalogService;
  readonly integrations: ScmIntegrationRegistry;
  readonly ports: ReleasePorts;
}

/** The service of {@link dojoServiceRef}. It decides who may, tells the auditor, and leaves the rest to the engine. */
export class DefaultDojoService implements DojoService {
  private readonly options: DefaultDojoServiceOptions;

  static create(options: DefaultDojoServiceOptions): DefaultDojoService {
    return new DefaultDojoService(options);
  }

  private constructor(options: DefaultDojoServiceOptions) {
    this.options = options;
  }

  async planRelease(
    request: PlanReleaseRequest,
    options: DojoPlanOptions,
  ): Promise<ReleaseResult> {
    return this.audited('release-plan', 'low', request, options, async () => {
      const releaseRequest = await this.authorizedRequest(
        dojoDeliveryReadPermission,
        request,
        options.credentials,
      );
      return release(releaseRequest, this.options.ports, {
        signal: options.signal,
        dryRun: true,
      });
    });
  }

  async release(
    request: StartReleaseRequest,
    options: DojoReleaseOptions,
  ): Promise<ReleaseResult> {
    return this.audited('release', 'medium', request, options, async () => {
      const releaseRequest = await this.authorizedRequest(
        dojoReleaseCreatePermission,
        request,
        options.credentials,
      );
      return release(releaseRequest, this.options.ports, {
        signal: options.signal,
        planHash: request.planHash,
        log: options.log,
        onOutcome: options.onOutcome,
      });
    });
  }

  /** The permission comes first: nothing is read, not even the catalog, for who may not. */
  private async authorizedRequest(
    permission: ResourcePermission,
    request: PlanReleaseRequest,
    credentials: BackstageCredentials,
  ): Promise<ReleaseRequest> {
    const ref = toComponentRef(request.component);
    const choices = parseInput(
      releaseChoicesSchema,
      request.choices,
      'release',
    );
    const [decision] = await this.options.permissions.authorize(
      [{ permission, resourceRef: ref }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw permissionDenied(permission.name, ref);
    }
    return {
      ...choices,
      ...(await readComponent(ref, credentials, this.options)),
    };
  }

  private async audited(
    eventId: string,
    severityLevel: AuditorServiceCreateEventOptions['severityLevel'],
    request: StartReleaseRequest,
    { credentials }: DojoPlanOptions,
    run: () => Promise<ReleaseResult>,
  ): Promise<ReleaseResult> {
    const event = await this.options.auditor.createEvent({
      eventId,
      severityLevel,
      meta: {
        component: request.component,
        initiator: initiatorOf(credentials),
        ...(request.planHash && { planHash: request.planHash }),
      },
    });
    try {
      const result = await run();
      const { outcome, version, tag, planHash } = result;
      const failed = result.effects.find(effect => effect.kind === 'failed');
      const meta = { outcome, version, tag, planHash };
      if (failed?.kind === 'failed') {
        await event.fail({ error: fromDojoErrorJson(failed.error), meta });
      } else {
        await event.success({ meta });
      }
      return result;
    } catch (raw) {
      const error = toBackstageError(raw);
      await event.fail({
        error: error instanceof Error ? error : new Error(String(error)),
      });
      throw error;
    }
  }
}

function toComponentRef(component: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(component, {
        defaultKind: 'Component',
        defaultNamespace: 'default',
      }),
    );
  } catch (error) {
    throw componentRefInvalid(component, error);
  }
}

function initiatorOf({ principal }: BackstageCredentials): string {
  const { type, userEntityRef, subject } = principal as {
    type?: string;
    userEntityRef?: string;
    subject?: string;
  };
  return userEntityRef ?? subject ?? type ?? 'unknown';
}
