import type {
  BackstageCredentials,
  CacheService,
} from '@backstage/backend-plugin-api';
import type { DojoService } from '../DojoService';
import { keyOfRun } from './checksOfRun';
import { runErrors } from './runErrors';
import type { ShownPlan, StartRunRequest } from './Runs';
import { refusalOfPlan, toReviewedRun } from './toReviewedRun';
import type { ReviewedRun } from './valuesOfRun';

/**
 * How long a start looks for itself whether the plan is still the reviewed one. A plan that takes longer is left to the task,
 * which refuses it in the same way. Milliseconds.
 */
const lookForMs = 1_200;
/** How long a shown plan is kept: an agent may wait for its person's word. */
const keptFor = { hours: 24 };

/** What {@link ReviewedPlans} works with. */
export interface ReviewedPlansOptions {
  readonly dojo: Pick<DojoService, 'releases' | 'migrations' | 'deployments'>;
  /** Of the plugin, shared by its replicas where the portal's cache is; what it lacks is planned anew. */
  readonly cache: Pick<CacheService, 'get' | 'set'>;
  /** Calls back after so many milliseconds; ends with the signal. */
  readonly after: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Looks whether the plan of now is the one that was reviewed. */
export class ReviewedPlans {
  readonly #options: ReviewedPlansOptions;

  constructor(options: ReviewedPlansOptions) {
    this.#options = options;
  }

  /** Keeps what a review of the plan sends, for a start of it that is not given the time to plan again. */
  async keep(shown: ShownPlan): Promise<void> {
    const reviewed = toReviewedRun(shown);
    await this.#options.cache
      .set(keyOfRun({ ...shown, planHash: reviewed.planHash }), reviewed, {
        ttl: keptFor,
      })
      // A start without it is a start all the same.
      .catch(() => undefined);
  }

  /**
   * @param request - with the full ref of its component
   * @returns what the form would send of its review.
   * @throws DojoError PLAN_CHANGED, or what a run of it is refused with.
   */
  async check(
    request: StartRunRequest,
    options: {
      readonly credentials: BackstageCredentials;
      readonly signal?: AbortSignal;
    },
  ): Promise<ReviewedRun> {
    const { planHash } = request;
    const late = new AbortController();
    const signal = AbortSignal.any([
      late.signal,
      ...(options.signal ? [options.signal] : []),
    ]);
    const work = this.#plan(request, {
      credentials: options.credentials,
      signal,
    });
    const timer = new AbortController();
    const seen = await Promise.race([
      work,
      this.#options.after(lookForMs, timer.signal).then(() => undefined),
    ]).finally(() => timer.abort());
    if (seen === undefined) {
      // Nobody reads it any more.
      work.catch(() => undefined);
      late.abort();
      return (await this.#kept(request)) ?? { planHash };
    }
    const reviewed = toReviewedRun(seen);
    if (reviewed.planHash !== planHash) throw runErrors.planChanged();
    const refusal = refusalOfPlan(seen);
    if (refusal) throw refusal;
    return reviewed;
  }

  async #kept(request: StartRunRequest): Promise<ReviewedRun | undefined> {
    return this.#options.cache
      .get<ReviewedRun>(keyOfRun(request))
      .catch(() => undefined);
  }

  async #plan(
    request: StartRunRequest,
    options: {
      readonly credentials: BackstageCredentials;
      readonly signal: AbortSignal;
    },
  ): Promise<ShownPlan> {
    const { releases, migrations, deployments } = this.#options.dojo;
    const { component } = request;
    switch (request.verb) {
      case 'release': {
        const { verb, branch, bump } = request;
        const asked = { component, choices: { branch, bump } };
        return { verb, component, result: await releases.plan(asked, options) };
      }
      case 'migration': {
        const { verb } = request;
        const { environment, ...choices } = withoutEnvironment(request);
        const asked = { component, environment, choices };
        const result = await migrations.plan(asked, options);
        return { verb, component, environment, result };
      }
      default: {
        const { verb } = request;
        const { environment, ...choices } = withoutEnvironment(request);
        const asked = { component, environment, choices };
        const result = await deployments.plan(asked, options);
        return { verb, component, environment, result };
      }
    }
  }
}

function withoutEnvironment<
  T extends {
    readonly verb: string;
    readonly component: string;
    readonly planHash: string;
  },
>({ verb, component, planHash, ...rest }: T) {
  return rest;
}
