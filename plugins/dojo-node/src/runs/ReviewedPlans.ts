import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  DojoError,
  dojoErrorSchema,
  refusalsOf,
  sentenceOfFinding,
} from 'backstage-plugin-dojo-common';
import type { DojoService } from '../DojoService';
import { runErrors } from './runErrors';
import type { StartRunRequest } from './Runs';
import type { ReviewedRun } from './valuesOfRun';

/**
 * How long a start looks for itself whether the plan is still the reviewed one. A plan that takes longer is left to the task,
 * which refuses it in the same way. Milliseconds.
 */
const lookForMs = 1_200;

/** What {@link ReviewedPlans} works with. */
export interface ReviewedPlansOptions {
  readonly dojo: Pick<DojoService, 'releases' | 'migrations' | 'deployments'>;
  /** Calls back after so many milliseconds; ends with the signal. */
  readonly after: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Looks whether the plan of now is the one that was reviewed. */
export class ReviewedPlans {
  readonly #options: ReviewedPlansOptions;

  constructor(options: ReviewedPlansOptions) {
    this.#options = options;
  }

  /**
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
      return { planHash };
    }
    const { refusal, ...reviewed } = seen;
    if (reviewed.planHash !== planHash) throw runErrors.planChanged();
    if (refusal) throw refusal;
    return reviewed;
  }

  async #plan(
    request: StartRunRequest,
    options: {
      readonly credentials: BackstageCredentials;
      readonly signal: AbortSignal;
    },
  ): Promise<ReviewedRun & { readonly refusal?: DojoError }> {
    const { releases, migrations, deployments } = this.#options.dojo;
    const { component } = request;
    switch (request.verb) {
      case 'release': {
        const { branch, bump } = request;
        const choices = { branch, bump };
        const { planHash, plan, version } = await releases.plan(
          { component, choices },
          options,
        );
        const { base, release } = plan.decides;
        const date = release?.date;
        return {
          planHash,
          base,
          ...(version !== undefined && { version }),
          ...(date !== undefined && { date }),
        };
      }
      case 'migration': {
        const { environment, ...chosen } = withoutEnvironment(request);
        const { planHash, plan, version } = await migrations.plan(
          { component, environment, choices: chosen },
          options,
        );
        const [finding] = refusalsOf(plan.shows.findings);
        return {
          planHash,
          ...(version !== undefined && { version }),
          ...(finding && {
            refusal: new DojoError({
              code: finding.code,
              kind: 'refused',
              message: sentenceOfFinding(finding),
              hint: finding.hint ?? 'Mend the migration and release it again.',
            }),
          }),
        };
      }
      default: {
        const { environment, ...chosen } = withoutEnvironment(request);
        const { planHash, plan, version } = await deployments.plan(
          { component, environment, choices: chosen },
          options,
        );
        const [block] = plan.shows.blocks ?? [];
        const { since } = plan.decides;
        return {
          planHash,
          ...(since !== undefined && { since }),
          what: plan.shows.reason,
          ...(version !== undefined && { version }),
          ...(block && {
            refusal: new DojoError(
              dojoErrorSchema.parse({ ...block, kind: 'refused' }),
            ),
          }),
        };
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
