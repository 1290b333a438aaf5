/** Arguments of the programs of a control plane, for the files that start-cluster.ts lays into their folder. */

/** etcd's socket in the folder: no port that somebody could take, and nobody else of this machine can open it. */
const etcdSocket = 'etcd.sock';

/** Only these run: each of the others costs a share of a core, for nothing that a test sees. */
const controllers = [
  'clusterrole-aggregation-controller',
  'cronjob-controller',
  'daemonset-controller',
  'deployment-controller',
  'disruption-controller',
  'endpoints-controller',
  'endpointslice-controller',
  'garbage-collector-controller',
  'job-controller',
  'namespace-controller',
  'persistentvolume-binder-controller',
  'persistentvolume-protection-controller',
  'persistentvolumeclaim-protection-controller',
  'pod-garbage-collector-controller',
  'replicaset-controller',
  'resourcequota-controller',
  'root-ca-certificate-publisher-controller',
  'serviceaccount-controller',
  'statefulset-controller',
  'ttl-after-finished-controller',
];

/** etcd without its waits for the disk: a test cluster outlives no crash of the machine. */
export function etcdArgs(): readonly string[] {
  return [
    '--name=default',
    '--data-dir=etcd',
    `--listen-client-urls=unix://${etcdSocket}`,
    // Told to other members, of which there are none; etcd wants a host and a port in them.
    '--advertise-client-urls=http://localhost:1',
    '--listen-peer-urls=http://127.0.0.1:0',
    '--unsafe-no-fsync',
    '--log-level=error',
  ];
}

/** Where etcd listens, below the folder. */
export const etcdSocketPath = etcdSocket;

/** The API server, with RBAC and the Node authorizer, and an audit log that is written before an answer is sent. */
export function apiServerArgs(options: {
  readonly port: number;
  readonly auditLog: string;
}): readonly string[] {
  return [
    `--etcd-servers=unix://${etcdSocket}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${options.port}`,
    '--tls-cert-file=apiserver.crt',
    '--tls-private-key-file=apiserver.key',
    '--client-ca-file=ca.crt',
    '--kubelet-certificate-authority=ca.crt',
    '--kubelet-client-certificate=kubelet-client.crt',
    '--kubelet-client-key=kubelet-client.key',
    '--anonymous-auth=false',
    '--authorization-mode=Node,RBAC',
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-account-key-file=sa.key',
    '--service-account-signing-key-file=sa.key',
    '--service-cluster-ip-range=10.96.0.0/16',
    // Pods are processes of this machine: nobody mounts a token into them.
    '--disable-admission-plugins=ServiceAccount',
    // An endpoint on the loopback interface is not allowed, and nobody looks it up.
    '--endpoint-reconciler-type=none',
    '--profiling=false',
    '--audit-policy-file=audit-policy.json',
    `--audit-log-path=${options.auditLog}`,
    '--audit-log-mode=blocking',
    // In megabytes: it is never cut.
    '--audit-log-maxsize=10240',
  ];
}

/** The controllers; they listen nowhere. */
export function controllerManagerArgs(): readonly string[] {
  return [
    '--kubeconfig=controllers.kubeconfig',
    '--service-account-private-key-file=sa.key',
    '--root-ca-file=ca.crt',
    `--controllers=${controllers.join(',')}`,
    '--leader-elect=false',
    '--profiling=false',
    '--secure-port=0',
  ];
}

/** The scheduler; it listens nowhere. */
export function schedulerArgs(): readonly string[] {
  return [
    '--kubeconfig=scheduler.kubeconfig',
    '--leader-elect=false',
    '--profiling=false',
    '--secure-port=0',
  ];
}
