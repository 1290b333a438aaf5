import type { DeploymentMode } from 'backstage-plugin-dojo-common';

/** An environment that a new service gets an overlay in, in the order of the configuration. */
export interface ServiceEnvironment {
  readonly name: string;
  readonly mode: DeploymentMode;
  /** Whether the portal owns the service's database there. */
  readonly migrates: boolean;
}

/** What the systems say before a service is made: plain data. */
export interface ServiceState {
  /** Of the component of this name; `ours`: it lives in the repository that is planned. */
  readonly component: 'absent' | 'ours' | 'other';
  readonly repository:
    | { readonly kind: 'absent' | 'empty' }
    /** It began with a service's mark, this one's or another's; without one: with something else. */
    | {
        readonly kind: 'there';
        readonly mark?: string;
        /** Whether it has the first release, and commits since. */
        readonly isPastRelease: boolean;
      };
  /** Whether the catalog has the owner. */
  readonly isOwnerKnown: boolean;
  /** Whether the catalog has the system; true where none is asked for. */
  readonly isSystemKnown: boolean;
  /** Repository of the overlays. */
  readonly infra: string;
  readonly environments: readonly ServiceEnvironment[];
  /** Hosts and claims of all overlays. */
  readonly overlays: readonly {
    readonly component: string;
    readonly environment: string;
    readonly hosts: readonly string[];
    /** Bytes of its claim; absent: it has none. */
    readonly storage?: { readonly written: string; readonly bytes: bigint };
  }[];
  /** Files of the template, where they are on this machine. */
  readonly skeleton?: { readonly files: number; readonly digest: string };
}
