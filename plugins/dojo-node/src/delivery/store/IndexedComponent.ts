import type { DojoErrorJson } from 'backstage-plugin-dojo-common';
import type { DeliveryRowFacts } from 'dojo-portal-core/delivery';
import type { DeliveryTarget } from '../read/DeliveryReaders';

/** What the catalog says of a component, as the index keeps it. */
export interface IndexedEntity {
  readonly title: string;
  readonly owner?: string;
  readonly system?: string;
  /** Where it is released and deployed. */
  readonly place:
    | { readonly kind: 'target'; readonly target: DeliveryTarget }
    /** It names no repository at all. */
    | { readonly kind: 'none' }
    /** It names what it may not. */
    | { readonly kind: 'refused'; readonly error: DojoErrorJson };
}

/** A component of the index. */
export interface IndexedComponent {
  /** Complete entity ref in lower case. */
  readonly ref: string;
  /** Grows with every change of what is known of it, through all components. */
  readonly generation: number;
  readonly entity: IndexedEntity;
}

/** How a component stands in the list. */
export interface ListedComponent {
  readonly ref: string;
  readonly listing: DeliveryRowFacts;
  readonly system?: string;
}

/** When a source was read, and how that went. */
export interface SourceMark {
  /** `repository:<ref>`, `infra:<address>`, `cluster:<environment>`, … */
  readonly source: string;
  /** Of its last good reading, in milliseconds since 1970; absent: there was none. */
  readonly asOf?: number;
  readonly nextAt: number;
  /** Bad readings since the last good one. */
  readonly failures: number;
  /** Of the last reading, where it was bad. */
  readonly error?: DojoErrorJson;
  /** What the source called the state that was read, such as a commit. */
  readonly token?: string;
}
