import type { DatabaseLevel } from 'backstage-plugin-dojo-common';
import type { Cluster } from '../../cluster/cluster';
import type { DeploymentPolicy } from '../deployment-policy';
import type { DeployPorts, InfraRepository, PullRequests } from '../ports';
import type { SyncTarget } from '../sync/sync-target';
import type { AskedFirst } from './asked-service';
import type { OpenBases } from './open-bases';

/** What a deployment's state is read from. */
export interface DeploymentSources {
  readonly infra: InfraRepository;
  readonly bases: OpenBases;
  readonly ports: DeployPorts;
  readonly policy: DeploymentPolicy;
  /** Of mode pull-request on a forge. */
  readonly pulls?: PullRequests;
  /** Of mode apply: the environment's cluster. */
  readonly cluster?: Cluster;
  /** Of the git modes: what brings the overlay up. */
  readonly sync?: SyncTarget;
  /** How far the environment's database is migrated; absent: it is not known. */
  readonly database?: DatabaseLevel;
  /** Hash of the plan that was reviewed; absent: none was. */
  readonly reviewed?: string;
  /** What is asked already; absent: it is asked now. */
  readonly asked?: AskedFirst;
}
