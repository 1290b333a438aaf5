import { readFileSync } from 'node:fs';
import { startCluster } from 'dojo-testing';
import type { AuditEvent, TestCluster } from 'dojo-testing';
import { grant } from './fixtures';

/** Whom the API server takes the command for. */
export const user = 'portal';

const writers = new Set([
  'create',
  'update',
  'patch',
  'delete',
  'deletecollection',
]);

/** Kinds that hold data or others' things. */
const kept = [
  'persistentvolumeclaims',
  'persistentvolumes',
  'namespaces',
  'customresourcedefinitions',
];

/** The classes of the cases; `fast` is the default, and both are folders of the node. */
const classes = ['fast', 'slow']
  .map(
    name => `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: ${name}
  annotations: {storageclass.kubernetes.io/is-default-class: "${
    name === 'fast'
  }"}
provisioner: dojo.test/folder
reclaimPolicy: Retain
allowVolumeExpansion: true
volumeBindingMode: WaitForFirstConsumer
`,
  )
  .join('---\n');

/** What a container runs whose manifest names no command. */
const idle = {
  command: 'sh',
  args: ['-c', 'trap "exit 0" TERM; while :; do sleep 0.2; done'],
};

/** A cluster with a node, storage, and a user who has what deploy/portal grants to the portal, and no more. */
export interface SuiteCluster {
  readonly cluster: TestCluster;
  /** Path of the user's kubeconfig. */
  readonly kubeconfig: string;
  /** What the user asked for so far, in a namespace. */
  audit(namespace?: string): Promise<readonly AuditEvent[]>;
  /** Removes it all. @throws where the user deleted something that is never deleted. */
  stop(): Promise<void>;
}

/** Starts a cluster for one file of tests. */
export async function startSuiteCluster(): Promise<SuiteCluster> {
  const cluster = await startCluster({
    // With the bodies: whether a delete is a dry run stands there.
    auditLevel: 'Request',
    node: { program: () => idle },
  });
  await cluster.apply(classes);
  await cluster.apply(grant('cluster/cluster-role.yaml'));
  await cluster.apply(`apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: suite}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: dojo-portal}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: ${user}}]
`);
  return {
    cluster,
    kubeconfig: await cluster.kubeconfigFor({ name: user }),
    audit: namespace =>
      cluster.audit({ user, ...(namespace !== undefined && { namespace }) }),
    async stop() {
      try {
        ensureKept(await cluster.audit());
      } finally {
        await cluster.stop();
      }
    },
  };
}

/** Makes a namespace in which the user may do what deploy/portal/grants allows. */
export async function grantNamespace(
  { cluster }: Pick<SuiteCluster, 'cluster'>,
  name: string,
): Promise<void> {
  await cluster.createNamespace({ name });
  await cluster.apply(grant('base/role.yaml'), { namespace: name });
  await cluster.apply(bindingOf('dojo-portal'), { namespace: name });
}

/** Binds a Role of a namespace to the user. */
export function bindingOf(role: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: ${role}}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: ${role}}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: ${user}}]
`;
}

/** Requests that changed something, or would have: `patch deployments/ledger`. A review of access is none. */
export function writesOf(events: readonly AuditEvent[]): string[] {
  return events
    .filter(
      ({ verb, group, dryRun }) =>
        writers.has(verb) && !dryRun && group !== 'authorization.k8s.io',
    )
    .map(
      ({ verb, resource, name }) =>
        `${verb} ${resource}${name === undefined ? '' : `/${name}`}`,
    );
}

function ensureKept(events: readonly AuditEvent[]): void {
  const lost = events.filter(
    event =>
      event.user === user &&
      /^delete/.test(event.verb) &&
      kept.includes(event.resource),
  );
  if (lost.length > 0) {
    throw new Error(`It was deleted: ${writesOf(lost).join(', ')}`);
  }
}

/** The certificate with which a kubeconfig of the tests proves who asks. */
export function certificateOf(kubeconfig: string): {
  readonly cert: Buffer;
  readonly key: Buffer;
} {
  const { users } = JSON.parse(readFileSync(kubeconfig, 'utf8')) as {
    readonly users: readonly [
      {
        readonly user: {
          readonly 'client-certificate-data': string;
          readonly 'client-key-data': string;
        };
      },
    ];
  };
  const [{ user: held }] = users;
  return {
    cert: Buffer.from(held['client-certificate-data'], 'base64'),
    key: Buffer.from(held['client-key-data'], 'base64'),
  };
}
