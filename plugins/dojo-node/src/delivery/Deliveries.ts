import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  Deliveries as DeliveryList,
  DeliveriesQuery,
  Delivery,
  DeliveryHistory,
  DeliveryHistoryQuery,
  DeliveryLog,
  DeliveryMeasures,
  DeliveryMeasuresQuery,
  DeliveryMove,
  DeliveryMoveQuery,
  DeliveryWhere,
} from 'backstage-plugin-dojo-common';

/** Options of a question about deliveries. @public */
export interface DeliveryCallOptions {
  /** Of the initiator: they are what is authorized. */
  readonly credentials: BackstageCredentials;
  /** Ends the work; the call then throws its reason. Default: nothing does. */
  readonly signal?: AbortSignal;
}

/** A component of the catalog, by its entity ref. @public */
export interface DeliveryRequest {
  readonly component: string;
}

/**
 * What is wanted, runs and waits of components, answered from the index: no repository, registry, cluster or database is
 * asked, but for {@link Deliveries.log}. Every method but `list` needs `dojo.delivery.read` on the component; without it,
 * and where the catalog does not show it to the initiator, it is answered like one that does not exist
 * (`COMPONENT_NOT_FOUND`).
 *
 * @public
 */
export interface Deliveries {
  /** The component as it is. `etag` is the same as long as the answer is, but for the time. */
  get(
    request: DeliveryRequest,
    options: DeliveryCallOptions,
  ): Promise<{ readonly delivery: Delivery; readonly etag: string }>;
  /** Has the sources of a component read again in the background, at most once in ten seconds; the end comes as a signal. */
  refresh(
    request: DeliveryRequest,
    options: DeliveryCallOptions,
  ): Promise<{ readonly generation: string }>;
  /**
   * Somebody pushed to a repository: what is released from it, or has its overlays there, is read again in the
   * background. For who has proved to be its forge; nothing is opened by the addresses.
   */
  pushed(addresses: readonly string[]): void;
  /** A page of the components that the initiator may read. @throws DojoError `INPUT_INVALID`, `DELIVERY_CURSOR_INVALID`. */
  list(
    query: DeliveriesQuery,
    options: DeliveryCallOptions,
  ): Promise<DeliveryList>;
  /** What happened, newest first. @throws DojoError `INPUT_INVALID`, `DELIVERY_CURSOR_INVALID`. */
  history(
    request: DeliveryRequest & { readonly query: DeliveryHistoryQuery },
    options: DeliveryCallOptions,
  ): Promise<DeliveryHistory>;
  /** The four measures. @throws DojoError `INPUT_INVALID`, `ENVIRONMENT_NOT_FOUND`. */
  measures(
    request: DeliveryRequest & { readonly query: DeliveryMeasuresQuery },
    options: DeliveryCallOptions,
  ): Promise<DeliveryMeasures>;
  /** What a version would change in an environment. @throws DojoError `INPUT_INVALID`, `ENVIRONMENT_NOT_FOUND`. */
  move(
    request: DeliveryRequest & { readonly query: DeliveryMoveQuery },
    options: DeliveryCallOptions,
  ): Promise<DeliveryMove>;
  /** Where a commit, pull request or version is. @throws DojoError `DELIVERY_REF_INVALID`. */
  where(
    request: DeliveryRequest & { readonly ref: string },
    options: DeliveryCallOptions,
  ): Promise<DeliveryWhere>;
  /** By tag, what is to be said of those that lead elsewhere than when they were released: they are not deployed any more. */
  movedTags(
    request: DeliveryRequest,
    options: DeliveryCallOptions,
  ): Promise<Readonly<Record<string, string>>>;
  /**
   * The last lines of what runs in an environment, from its cluster, within five seconds. Needs `dojo.delivery.logs` too.
   *
   * @throws DojoError `PERMISSION_DENIED`, `ENVIRONMENT_NOT_FOUND`, `DELIVERY_NOT_OBSERVED`, and those of clusters.
   */
  log(
    request: DeliveryRequest & { readonly environment: string },
    options: DeliveryCallOptions,
  ): Promise<DeliveryLog>;
}
