import type { DeploymentMode } from 'backstage-plugin-dojo-common';

/** What the configuration says of one environment, at the moment of the question. */
export interface RuleEnvironment {
  readonly name: string;
  readonly title?: string;
  /** The environment before it, from which it is promoted to. */
  readonly promotesFrom?: string;
  /** Whether nothing else gets in than what is in `promotesFrom`, but a rollback. */
  readonly promotedOnly: boolean;
  readonly mode?: DeploymentMode;
  /** Somebody else than who asks for a change lands it. */
  readonly approval: boolean;
  /** Whether a cluster of it is asked. */
  readonly observed: boolean;
  /** Whether a database of it can be migrated from here. */
  readonly migrates: boolean;
  /** Whether components can be deployed to it from here. */
  readonly deploys: boolean;
  /** A freeze that holds now. `sentence`: `Frozen until Mon 08:00 (Europe/Rome)`. Without `until` nothing ends it. */
  readonly frozen?: { readonly until?: string; readonly sentence: string };
}

/** The verbs that a template carries out. */
export type TemplateVerb =
  | 'release'
  | 'ship'
  | 'deploy'
  | 'migrate'
  | 'restore'
  | 'rebuildCaches'
  | 'environmentOverlay'
  | 'reject';

/** What the configuration says of deliveries. Plain data. */
export interface DeliveryRules {
  /** In the order of the configuration. */
  readonly environments: readonly RuleEnvironment[];
  /** Ref of the template of each verb, such as `template:default/release`; absent: there is no route. */
  readonly templates: Readonly<Partial<Record<TemplateVerb, string>>>;
  readonly metrics: {
    /** Whose figures are shown; absent: of those that none promotes from. */
    readonly environment?: string;
    /** Within which a fix of what landed counts as its failure, in milliseconds; 0: never. */
    readonly hotfixWindowMs: number;
  };
}

/** Permissions that are asked by themselves. */
export type DeliveryVerb =
  | 'release'
  | 'migrate'
  | 'deploy'
  | 'reject'
  | 'merge';

/** Who asks, and what they may do. */
export interface DeliveryCaller {
  /** Whether they may change anything at all. */
  readonly change: boolean;
  readonly may: (verb: DeliveryVerb, environment?: string) => boolean;
  /** Whether they may read the lines that a service logged. */
  readonly logs: boolean;
  /** Entity ref of who it is, such as `user:default/ada`; absent: not a person. */
  readonly ref?: string;
}
