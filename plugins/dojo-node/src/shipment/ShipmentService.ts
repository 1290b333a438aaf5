import type {
  DeploymentResult,
  MigrationResult,
  ReleaseResult,
  ReviewedShipment,
  ShipmentPlan,
} from 'backstage-plugin-dojo-common';
import type { DojoPlanOptions } from '../access/DojoCallOptions';
import { toComponentRef } from '../component/toComponentRef';
import type { Environments } from '../config/Environments';
import type { Deployments } from '../deployment/Deployments';
import { toBackstageError } from '../errors/toBackstageError';
import type { Migrations } from '../migration/Migrations';
import type { Releases } from '../release/Releases';
import { awaitedOf } from './awaitedOf';
import { codeOf } from '../errors/codeOf';
import type {
  CheckShipmentRequest,
  PlanShipmentRequest,
  Shipments,
} from './Shipments';

/** What {@link ShipmentService} works with; each part asks who may, and is audited, by itself. */
export interface ShipmentServiceOptions {
  readonly releases: Pick<Releases, 'plan'>;
  readonly migrations: Pick<Migrations, 'plan'>;
  readonly deployments: Pick<Deployments, 'plan'>;
  readonly environments: Pick<Environments, 'get' | 'list'>;
}

/** A component without migrations: its folder is not there, or holds none. */
const withoutMigrations = new Set(['MIGRATIONS_NONE', 'GIT_FOLDER_NOT_FOUND']);

/** Plans what is shipped together: the release, and what follows from it. */
export class ShipmentService implements Shipments {
  readonly #options: ShipmentServiceOptions;

  constructor(options: ShipmentServiceOptions) {
    this.#options = options;
  }

  async plan(
    request: PlanShipmentRequest,
    options: DojoPlanOptions,
  ): Promise<ShipmentPlan> {
    const { component, choices } = request;
    // First, because it says who may: nobody else hears of environments.
    const release = await this.#options.releases.plan(
      { component, choices },
      options,
    );
    return this.#planOn(release, request, undefined, options);
  }

  async check(
    request: CheckShipmentRequest,
    options: DojoPlanOptions,
  ): Promise<ShipmentPlan> {
    const { component, choices, reviewed } = request;
    const release = await this.#options.releases.plan(
      {
        component,
        choices,
        planHash: reviewed.release,
        reviewedAt: reviewed.base,
      },
      options,
    );
    return this.#planOn(release, request, reviewed, options);
  }

  async #planOn(
    release: ReleaseResult,
    request: PlanShipmentRequest,
    reviewed: ReviewedShipment | undefined,
    options: DojoPlanOptions,
  ): Promise<ShipmentPlan> {
    const { environment } = request;
    const [migration, deployment] = await Promise.allSettled([
      this.#planMigration(release, request, reviewed, options),
      this.#planDeployment(release, request, reviewed, options),
    ]);
    // Only now, so that nothing of it is left running.
    if (migration.status === 'rejected') throw migration.reason;
    if (deployment.status === 'rejected') throw deployment.reason;
    const { version, tag } = versionOf(release);
    return {
      component: toComponentRef(request.component),
      environment,
      ...(version !== undefined && { version }),
      ...(tag !== undefined && { tag }),
      release,
      migration: migration.value,
      deployment: deployment.value,
    };
  }

  async #planMigration(
    release: ReleaseResult,
    { component, environment }: PlanShipmentRequest,
    reviewed: ReviewedShipment | undefined,
    options: DojoPlanOptions,
  ): Promise<Part<MigrationResult>> {
    const { version, tag } = versionOf(release);
    if (this.#get(environment).database === undefined) {
      return none(`${environment} has no database, so that none is migrated.`);
    }
    if (version === undefined || tag === undefined) return noRelease(component);
    const { base, release: made } = release.plan.decides;
    try {
      const result = await this.#options.migrations.plan(
        {
          component,
          environment,
          choices: made ? {} : { version },
          ...(made && { ahead: { version, tag, commit: base } }),
          ...(reviewed?.migration !== undefined && {
            planHash: reviewed.migration,
          }),
        },
        options,
      );
      return { kind: 'planned', result };
    } catch (error) {
      const code = codeOf(error);
      if (code === undefined || !withoutMigrations.has(code)) throw error;
      return none(
        `No database is migrated: ${component} ${version} has no migrations.`,
      );
    }
  }

  async #planDeployment(
    release: ReleaseResult,
    { component, environment }: PlanShipmentRequest,
    reviewed: ReviewedShipment | undefined,
    options: DojoPlanOptions,
  ): Promise<Part<DeploymentResult>> {
    const { name } = this.#get(environment);
    const listed = this.#options.environments.list();
    if (!listed.find(each => each.name === name)?.deploys) {
      return none(
        `Nothing is deployed to ${name}: no repository of overlays is configured.`,
      );
    }
    const { tag } = versionOf(release);
    if (tag === undefined) return noRelease(component);
    const awaited = awaitedOf(release);
    const afterRelease = release.plan.decides.release
      ? release.planHash
      : reviewed?.afterRelease;
    const result = await this.#options.deployments.plan(
      {
        component,
        environment,
        choices: {
          version: tag,
          ...(afterRelease !== undefined && { afterRelease }),
        },
        ...(awaited && { awaited }),
        ...(reviewed?.deployment !== undefined && {
          planHash: reviewed.deployment,
        }),
        ...(reviewed?.overlay !== undefined && {
          reviewedAt: reviewed.overlay,
        }),
      },
      options,
    );
    return { kind: 'planned', result };
  }

  #get(environment: string): ReturnType<Environments['get']> {
    try {
      return this.#options.environments.get(environment);
    } catch (error) {
      throw toBackstageError(error);
    }
  }
}

type Part<TResult> =
  | { readonly kind: 'planned'; readonly result: TResult }
  | { readonly kind: 'none'; readonly reason: string };

function none(reason: string) {
  return { kind: 'none' as const, reason };
}

function noRelease(component: string) {
  return none(`${component} has no release yet.`);
}

/** What is released, finished, or the newest there is. */
function versionOf({ plan }: ReleaseResult): {
  readonly version?: string;
  readonly tag?: string;
} {
  const { release, finish } = plan.decides;
  return release ?? finish ?? plan.shows.newest ?? {};
}
