/**
 * What a commit that a controller names has of our overlay. `ours`: the very tree that landed; `superseded`: another one,
 * of a commit after ours; `before`: of a commit that does not have ours; `unknown`: the repository has no such commit.
 */
export type Relation = 'ours' | 'superseded' | 'before' | 'unknown';

/** Tells of a commit by its object id. */
export type RelationOf = (commit: string) => Relation;

/** What a controller says of our landing. */
export type SyncVerdict =
  /** `isHealthKnown`: false where it was told not to look whether what it applied comes up. */
  | {
      readonly kind: 'done';
      readonly commit: string;
      readonly isHealthKnown: boolean;
      readonly detail: string;
    }
  | {
      readonly kind: 'superseded';
      readonly commit: string;
      readonly detail: string;
    }
  /** `patience`: seconds for which it may still pass. */
  | {
      readonly kind: 'failed';
      readonly patience: number;
      readonly detail: string;
    }
  /** `isHeld`: it goes on only if a person does something. */
  | {
      readonly kind: 'waiting';
      readonly isHeld: boolean;
      readonly detail: string;
    };

export const waiting = (detail: string): SyncVerdict => ({
  kind: 'waiting',
  isHeld: false,
  detail,
});

/** Seconds for which a controller may say that something is wrong before it is believed: it tries again, too. */
export const syncPatience = 30;

/** `[branch@]sha1:<hex>`, `branch/<hex>` of before Flux 2.0, or the id alone. */
const revisionPattern = /(?:^|[:/])([0-9a-f]{40}|[0-9a-f]{64})$/;

/** The commit in a controller's revision; undefined: it is none of git, such as a chart's version. */
export function commitOf(revision: string | undefined): string | undefined {
  return revisionPattern.exec(revision ?? '')?.[1];
}
