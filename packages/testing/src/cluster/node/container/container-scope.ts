import type { KubeApi } from '../api/kube-api';
import type { Container, ContainerStatus, Pod } from '../pod/pod';
import type { PodEvent } from '../record-events';
import type { BackOff } from './back-off';
import type { Program } from './container-command';
import type { ProcessGuard } from './process-guard';
import type { Pull } from './pull-image';

/** What all pods of a node share. */
export interface NodeScope {
  readonly api: KubeApi;
  readonly apiUrl: string;
  readonly guard: ProcessGuard;
  /** Folder of the node. */
  readonly folder: string;
  readonly backOff: BackOff;
  readonly pull: Pull;
  readonly program: (container: Container) => Program | undefined;
  record(pod: Pod, event: PodEvent): void;
}

/** What a container needs of its pod. */
export interface PodScope {
  readonly node: NodeScope;
  readonly pod: Pod;
  /** Folder of the pod. */
  readonly folder: string;
  /** Folder of each volume. */
  readonly volumes: ReadonlyMap<string, string>;
  /** A status is no longer what it was. */
  changed(): void;
}

/** When a container that ended is started again. */
export type ContainerPolicy = 'Always' | 'OnFailure' | 'Never';

/** How the steps of a container's life tell what they do. */
export interface ContainerReporter {
  set(change: Partial<ContainerStatus>): void;
  event(type: PodEvent['type'], reason: string, message: string): void;
  /** @throws AbortError the container was stopped. */
  pause(milliseconds: number): Promise<void>;
}
