import type { Manifest } from './render-kustomization';

/** What the tests read of a container. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly {
    readonly name: string;
    readonly valueFrom?: object;
  }[];
  readonly envFrom?: readonly {
    readonly configMapRef?: { readonly name: string };
  }[];
  readonly ports: readonly {
    readonly name: string;
    readonly containerPort: number;
  }[];
  readonly securityContext?: object;
  readonly resources?: { readonly limits?: object; readonly requests?: object };
  readonly volumeMounts: readonly {
    readonly name: string;
    readonly mountPath: string;
  }[];
}

/** What the tests read of a pod. */
export interface Pod {
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly volumes: readonly {
    readonly name: string;
    readonly [kind: string]: unknown;
  }[];
  readonly securityContext?: object;
  readonly automountServiceAccountToken?: boolean;
}

type Labels = Readonly<Record<string, string>>;

/** A Deployment or StatefulSet, typed. */
export interface Workload extends Manifest {
  readonly spec: {
    readonly replicas: number;
    readonly selector: { readonly matchLabels: Labels };
    readonly template: {
      readonly metadata: { readonly labels: Labels };
      readonly spec: Pod;
    };
  };
}

/** A rule of a Role or ClusterRole. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** The one object of a kind, and of a name where one is given. */
export function only<T extends Manifest = Manifest>(
  objects: readonly Manifest[],
  kind: string,
  name?: string,
): T {
  const found = objects.filter(
    each =>
      each.kind === kind && (name === undefined || each.metadata.name === name),
  );
  if (found.length !== 1)
    throw new Error(`${found.length} of ${kind} ${name ?? ''}`);
  return found[0] as T;
}

/** Deployments and StatefulSets. */
export function workloadsOf(objects: readonly Manifest[]): Workload[] {
  return objects.filter((each): each is Workload =>
    ['Deployment', 'StatefulSet'].includes(each.kind),
  );
}

/** All containers of a workload, those that run first too. */
export function containersOf({ spec }: Workload): Container[] {
  const { containers, initContainers = [] } = spec.template.spec;
  return [...initContainers, ...containers];
}

/** Rules of all roles, with the role's name. */
export function rulesOf(
  objects: readonly Manifest[],
): (PolicyRule & { readonly role: string })[] {
  return objects
    .filter(({ kind }) => ['Role', 'ClusterRole'].includes(kind))
    .flatMap(role =>
      (role.rules as readonly PolicyRule[]).map(rule => ({
        ...rule,
        role: `${role.kind} ${role.metadata.name}`,
      })),
    );
}
