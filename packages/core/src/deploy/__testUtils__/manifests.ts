import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { parseRendered } from '../objects/parse-rendered';

/** An overlay as it should be: the ledger, its claim, its service, all in ledger-dev. */
export const goodManifests = `apiVersion: apps/v1
kind: Deployment
metadata: {name: ledger, namespace: ledger-dev, labels: {app: ledger}}
spec:
  replicas: 1
  strategy: {type: Recreate}
  selector: {matchLabels: {app: ledger}}
  template:
    metadata: {labels: {app: ledger}}
    spec:
      securityContext: {runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000}
      initContainers: [{name: wait, image: 'ghcr.io/acme/wait:1.0.0'}]
      containers:
      - name: ledger
        image: ghcr.io/acme/ledger:0.1.0@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
        securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
        volumeMounts: [{name: data, mountPath: /data}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: dojo-data}}]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: dojo-data, namespace: ledger-dev}
spec: {accessModes: [ReadWriteOnce], storageClassName: fast, resources: {requests: {storage: 5Gi}}}
---
apiVersion: v1
kind: Service
metadata: {name: ledger, namespace: ledger-dev}
spec: {selector: {app: ledger}, ports: [{name: http, port: 80, targetPort: http}]}
`;

/** The good manifests with each text replaced by another; one that is not in them fails the test. */
export function changed(
  ...replacements: readonly (readonly [from: string, to: string])[]
): KubernetesObject[] {
  return parseRendered(
    replacements.reduce((text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`no ${from} in the manifests`);
      return text.replace(from, to);
    }, goodManifests),
  );
}

/** The good manifests and another object. */
export function withMore(text: string): KubernetesObject[] {
  return parseRendered(`${goodManifests}---\n${text}`);
}
