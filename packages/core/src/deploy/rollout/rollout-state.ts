import type { ObjectHealth } from 'backstage-plugin-dojo-common';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { failed } from '../health/health';
import { causes as entries, isFatal } from './failure-cause';
import type { FailureCause } from './failure-cause';
import type { Judgement } from './judge-object';
import { nameOf } from './judge-object';
import { describePending } from './rollout-log';
import { keyOf } from './rollout-objects';

/** What is to come of a rollout, by what is judged so far. */
export type RolloutVerdict =
  | { readonly kind: 'healthy' }
  | { readonly kind: 'failed' }
  /** `wake`: when the patience with something runs out, in milliseconds of the epoch; undefined: with nothing. */
  | { readonly kind: 'goes-on'; readonly wake: number | undefined };

/**
 * How the applied objects stand. What is judged anew costs time for itself; the verdict costs time for what is not healthy
 * yet.
 */
export class RolloutState {
  readonly #judgements = new Map<string, Judgement>();
  readonly #pending: Set<string>;
  /** When each cause was seen first: one that comes back is no new one. */
  readonly #seen = new Map<string, Date>();

  /** @param objects as the API server answered, by their keys. */
  constructor(private readonly objects: ReadonlyMap<string, KubernetesObject>) {
    this.#pending = new Set(objects.keys());
  }

  /** Keys of the objects that are not healthy. */
  get pending(): readonly string[] {
    return [...this.#pending];
  }

  /** Takes a judgement, made now. */
  judged(key: string, judgement: Judgement, now: Date): void {
    this.#judgements.set(key, judgement);
    if (judgement.health.status === 'Current') this.#pending.delete(key);
    else this.#pending.add(key);
    for (const cause of judgement.causes) {
      const id = `${cause.object} ${cause.code}`;
      if (!this.#seen.has(id)) this.#seen.set(id, now);
    }
  }

  /** What comes of it now. */
  verdict(now: Date): RolloutVerdict {
    if (this.#pending.size === 0) return { kind: 'healthy' };
    let wake = this.#again();
    for (const cause of this.#causes()) {
      if (isFatal(this.#dated(cause), now, now)) return { kind: 'failed' };
      const { fatalAfter } = cause;
      if (fatalAfter === undefined) continue;
      const at = this.#dated(cause).since.getTime() + fatalAfter * 1_000;
      wake = Math.min(wake ?? at, at);
    }
    return { kind: 'goes-on', wake };
  }

  /** Whether something is to be judged again though nothing changed. */
  isDue(now: Date): boolean {
    return (this.#again() ?? Infinity) <= now.getTime();
  }

  #again(): number | undefined {
    const times = this.pending.flatMap(
      key => this.#judgements.get(key)?.again?.getTime() ?? [],
    );
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** All causes, those first that have ended it; where nothing is known, that time has run out. */
  causes(now: Date): readonly FailureCause[] {
    const all = [...this.#causes()];
    const fatal = all.filter(cause => this.#isFatal(cause, now));
    const others = all.filter(cause => !this.#isFatal(cause, now));
    return [...fatal, ...others];
  }

  /** That the deadline came first, where nothing else is known. */
  late(): FailureCause {
    const pending = this.describe();
    return {
      ...entries.deadlineExceeded(describePending(pending)),
      object: pending[0]?.[0] ?? '',
      since: undefined,
    };
  }

  /** What is not healthy, for a person. */
  describe(): readonly (readonly [string, Judgement])[] {
    return this.pending.flatMap(key => {
      const judgement = this.#judgements.get(key);
      const object = this.objects.get(key);
      return judgement && object ? [[nameOf(object), judgement] as const] : [];
    });
  }

  /** The health of each applied object in its order; one that a cause has ended has failed by it. */
  healths(now: Date): readonly ObjectHealth[] {
    return [...this.objects.values()].map(object => {
      const { apiVersion, kind, metadata } = object;
      const { name, namespace } = metadata;
      const judgement = this.#judgements.get(keyOf(object));
      const cause = judgement?.causes.find(each => this.#isFatal(each, now));
      const health = cause
        ? failed(cause.code, `${cause.object}: ${cause.sentence}`)
        : judgement?.health;
      return {
        apiVersion,
        kind,
        name,
        ...(namespace !== undefined && { namespace }),
        ...(health ?? {
          status: 'Unknown',
          reason: 'NotJudged',
          message: 'it has not been looked at',
        }),
      };
    });
  }

  *#causes(): Generator<FailureCause> {
    for (const key of this.#pending) {
      yield* this.#judgements.get(key)?.causes ?? [];
    }
  }

  #isFatal(cause: FailureCause, now: Date): boolean {
    return isFatal(this.#dated(cause), now, now);
  }

  /** A clock of the cluster that goes before ours makes nothing last longer. */
  #dated(cause: FailureCause): FailureCause & { readonly since: Date } {
    const seen = this.#seen.get(`${cause.object} ${cause.code}`);
    const since = [cause.since, seen]
      .filter(date => date !== undefined)
      .sort((one, other) => one.getTime() - other.getTime())[0];
    return { ...cause, since: since ?? new Date(NaN) };
  }
}
