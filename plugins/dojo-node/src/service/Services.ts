import type {
  ServicePlanHashes,
  ServiceRequestInput,
  ServiceResult,
  ServiceValues,
} from 'backstage-plugin-dojo-common';
import type {
  DojoCallOptions,
  DojoPlanOptions,
  DojoRunOptions,
} from '../access/DojoCallOptions';

/** Which service is planned. @public */
export interface PlanServiceRequest {
  /** What the form holds. */
  readonly fields: ServiceRequestInput;
}

/** Which service is made. @public */
export interface CheckServiceRequest extends PlanServiceRequest {
  /** Those of the plans that were reviewed; absent: none was. */
  readonly planHashes?: ServicePlanHashes;
}

/** What the steps of the template go on with. @public */
export interface CheckedService extends ServiceResult {
  readonly values: ServiceValues;
  /** Message of the repository's first commit, which says what the service was made of. */
  readonly message: string;
  /** `github.com?owner=acme&repo=savings`, as Backstage's own publish actions take it; absent for the local forge. */
  readonly repoUrl?: string;
}

/** What is published to the local forge. @public */
export interface PublishServiceRequest {
  /** `file:savings.git` */
  readonly repository: string;
  /** Image layout that gets the image of the commit; absent: none does. */
  readonly image?: string;
  /** Folder whose files the repository begins with. */
  readonly folder: string;
  /** Message of the first commit; default: that the service begins. */
  readonly message?: string;
}

/** How it was published. @public */
export interface PublishedService {
  readonly repository: string;
  /** Object id of the first commit. */
  readonly commit: string;
  /** `before`: an earlier run made the repository, of the same files. */
  readonly published: 'now' | 'before';
}

/** Which component the catalog is to have. @public */
export interface AwaitEntryRequest {
  /** Entity ref. */
  readonly component: string;
  /** Value of its annotation `dojo/repository`. */
  readonly repository: string;
}

/** New services: plans and checks of them, and their way into the local forge. All of it needs `dojo.service.create`. @public */
export interface Services {
  /** The plan of a new service, with all that stands against it; writes nothing. */
  plan(
    request: PlanServiceRequest,
    options: DojoPlanOptions,
  ): Promise<ServiceResult>;
  /**
   * The plan again, before anything is made.
   *
   * @throws the first problem, or PLAN_CHANGED where another plan was reviewed.
   */
  check(
    request: CheckServiceRequest,
    options: DojoPlanOptions,
  ): Promise<CheckedService>;
  /** Makes the repository, and the image of its commit; both once, however often it is run. */
  publish(
    request: PublishServiceRequest,
    options: DojoRunOptions,
  ): Promise<PublishedService>;
  /**
   * Waits until the catalog has the component.
   *
   * @throws SERVICE_ENTRY_WAITING after a minute, SERVICE_NAME_TAKEN where it is another repository's.
   */
  awaitEntry(
    request: AwaitEntryRequest,
    options: DojoPlanOptions,
  ): Promise<void>;
}

/** The file of one repository of the local forge that describes it to the catalog. @public */
export type ForgeEntry = {
  /** `savings.git` */
  readonly repository: string;
} & (
  | { readonly kind: 'text'; readonly commit: string; readonly text: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable'; readonly why: string }
);

/** The catalog files of the local forge. @public */
export interface ForgeEntries {
  /** Whether there is a local forge. */
  readonly isConfigured: boolean;
  /** `catalog-info.yaml` at the head of each repository directly in the local forge. Nobody is asked who may: the catalog is. */
  list(options: Omit<DojoPlanOptions, keyof DojoCallOptions>): Promise<{
    readonly entries: readonly ForgeEntry[];
    /** Whether there are more repositories than were looked at. */
    readonly isCut: boolean;
  }>;
}
