import type {
  AuditorService,
  AuditorServiceCreateEventOptions,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  BasicPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import type { DojoErrorJson } from 'backstage-plugin-dojo-common';
import { serviceErrors } from '../errors/serviceErrors';
import { initiatorOf } from './initiatorOf';
import {
  fromDojoErrorJson,
  toBackstageError,
} from '../errors/toBackstageError';

/** One permission on one thing. */
export interface PermissionCheck {
  readonly permission: ResourcePermission;
  /** Of the thing: an entity ref, the name of an environment. */
  readonly resourceRef: string;
}

/** What somebody asked for, as the auditor is told. */
export interface AuditedCall {
  readonly eventId: string;
  readonly severityLevel: AuditorServiceCreateEventOptions['severityLevel'];
  readonly meta: Readonly<Record<string, string | undefined>>;
  readonly credentials: BackstageCredentials;
}

/** What the auditor is told of a result. */
export interface AuditedEnd {
  readonly meta: Readonly<Record<string, string | undefined>>;
  /** Set where the result itself says that something failed. */
  readonly failed?: DojoErrorJson;
}

/** Something that changes what is delivered has begun, or come to its end. */
export interface DojoRunEvent {
  readonly [key: string]: string | undefined;
  readonly component: string;
  readonly environment?: string;
  readonly verb: string;
  readonly phase: 'started' | 'ended';
}

/** Events of the auditor behind which something is changed. */
const changes = [
  'release',
  'migration',
  'deployment',
  'deployment-merge',
  'rejection',
];

/** Who may, and who did. */
export class Access {
  readonly #auditor: AuditorService;
  readonly #permissions: PermissionsService;
  readonly #onRun: (event: DojoRunEvent) => void;

  constructor(options: {
    readonly auditor: AuditorService;
    readonly permissions: PermissionsService;
    /** Told of what changes something; default: nobody is. */
    readonly onRun?: (event: DojoRunEvent) => void;
  }) {
    this.#auditor = options.auditor;
    this.#permissions = options.permissions;
    this.#onRun = options.onRun ?? (() => {});
  }

  /** @throws DojoError `PERMISSION_DENIED` that names the first permission that is not granted. */
  async require(
    checks: readonly PermissionCheck[],
    credentials: BackstageCredentials,
  ): Promise<void> {
    const decisions = await this.#permissions.authorize([...checks], {
      credentials,
    });
    checks.forEach(({ permission, resourceRef }, index) => {
      if (decisions[index]?.result !== AuthorizeResult.ALLOW) {
        throw serviceErrors.permissionDenied(permission.name, resourceRef);
      }
    });
  }

  /** @throws DojoError `PERMISSION_DENIED`. */
  async requireBasic(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    if (decision?.result !== AuthorizeResult.ALLOW) {
      throw serviceErrors.notGranted(permission.name);
    }
  }

  /**
   * Runs it between the two ends of an event of the auditor.
   *
   * @throws what it throws, as Backstage knows it.
   */
  async audited<TResult>(
    call: AuditedCall,
    run: () => Promise<TResult>,
    tell: (result: TResult) => AuditedEnd,
  ): Promise<TResult> {
    const { eventId, severityLevel, credentials } = call;
    const event = await this.#auditor.createEvent({
      eventId,
      severityLevel,
      meta: onlyKnown({ ...call.meta, initiator: initiatorOf(credentials) }),
    });
    this.#tellRun(call, 'started');
    try {
      const result = await run();
      const { meta: known, failed } = tell(result);
      const meta = onlyKnown(known);
      if (failed) await event.fail({ error: fromDojoErrorJson(failed), meta });
      else await event.success({ meta });
      return result;
    } catch (raw) {
      const error = toBackstageError(raw);
      await event.fail({
        error: error instanceof Error ? error : new Error(String(error)),
      });
      throw error;
    } finally {
      this.#tellRun(call, 'ended');
    }
  }

  #tellRun({ eventId, meta }: AuditedCall, phase: DojoRunEvent['phase']): void {
    const { component, environment } = meta;
    if (component === undefined || !changes.includes(eventId)) return;
    this.#onRun({
      component,
      verb: eventId,
      phase,
      ...(environment !== undefined && { environment }),
    });
  }
}

function onlyKnown(
  meta: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(meta).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}
