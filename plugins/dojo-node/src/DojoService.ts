import type { EnvironmentsAccess } from './config/EnvironmentsAccess';
import type { Deployments } from './deployment/Deployments';
import type { Merges } from './deployment/Merges';
import type { Migrations } from './migration/Migrations';
import type { OperationsAccess } from './operations/OperationsAccess';
import type { Rejections } from './rejection/Rejections';
import type { Releases } from './release/Releases';
import type { Shipments } from './shipment/Shipments';
import type { ForgeEntries, Services } from './service/Services';
import type { Versions } from './versions/Versions';

/**
 * The dojo engines inside Backstage, a facet for each capability: who may, audit, credentials and configuration around
 * `plan` and `execute`. Whoever needs one facet asks for `Pick<DojoService, 'releases'>`.
 *
 * Every method of a facet that takes credentials authorizes the initiator once, before anything is read or written, and
 * throws an error of `@backstage/errors` whose `dojo` field is the written form of the `DojoError` behind it.
 *
 * @public
 */
export interface DojoService {
  readonly releases: Releases;
  readonly migrations: Migrations;
  readonly deployments: Deployments;
  readonly merges: Merges;
  readonly rejections: Rejections;
  readonly shipments: Shipments;
  readonly operations: OperationsAccess;
  readonly environments: EnvironmentsAccess;
  readonly versions: Versions;
  readonly services: Services;
  readonly forgeEntries: ForgeEntries;
}
