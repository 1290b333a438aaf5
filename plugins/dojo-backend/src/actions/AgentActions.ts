import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { Deliveries, DojoService, Runs } from 'backstage-plugin-dojo-node';

/** What the actions for agents are made of. */
export interface AgentActionOptions {
  readonly registry: Pick<ActionsRegistryService, 'register'>;
  readonly dojo: Pick<
    DojoService,
    'releases' | 'migrations' | 'deployments' | 'environments'
  >;
  readonly deliveries: Pick<Deliveries, 'get' | 'history' | 'measures'>;
  readonly runs: Runs;
  readonly clock: { now(): Date };
  /** Address of a form with what it is opened with. */
  readonly reviewUrl: (template: string, formData: object) => string;
}

/** Reads only, changes nothing, and is the same each time. */
export const readOnly = {
  readOnly: true,
  destructive: false,
  idempotent: true,
} as const;

/** Changes what runs; the same plan twice is one run. */
export const starts = {
  readOnly: false,
  destructive: true,
  idempotent: true,
} as const;
