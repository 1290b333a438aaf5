import { DojoError } from 'backstage-plugin-dojo-common';

const again =
  'Run it again later: what is done stays done, and the rest is finished.';

/** The errors of reaching a cluster, one for each code; none holds a credential. */
export const kubernetesErrors = {
  kubeconfigMissing: (places: readonly string[]) =>
    new DojoError({
      code: 'KUBECONFIG_MISSING',
      kind: 'input',
      message: `there is no kubeconfig at ${places.join(', ')}`,
      hint: 'Name one with KUBECONFIG, or write ~/.kube/config as the provider of the cluster says.',
    }),
  kubeconfigInvalid: (file: string, problem: string) =>
    new DojoError({
      code: 'KUBECONFIG_INVALID',
      kind: 'input',
      message: `kubeconfig ${file}: ${problem}`,
      hint: 'Correct the file; kubectl config view shows what kubectl reads in it.',
    }),
  contextUnknown: (context: string, known: readonly string[]) =>
    new DojoError({
      code: 'CONTEXT_UNKNOWN',
      kind: 'input',
      message: `the kubeconfig has no context "${context}" (it has: ${
        known.join(', ') || 'none'
      })`,
      hint: 'Name one of its contexts.',
    }),
  urlInvalid: (cluster: string, problem: string) =>
    new DojoError({
      code: 'CLUSTER_URL_INVALID',
      kind: 'input',
      message: `cluster ${cluster}: ${problem}`,
      hint: 'Write the address of its API server as https://host:port; http is for this machine alone.',
    }),
  /** A program, or an identity provider, gave no credentials. */
  credentialsFailed: (cluster: string, source: string, problem: string) =>
    new DojoError({
      code: 'CLUSTER_CREDENTIALS_FAILED',
      kind: 'unavailable',
      message: `cluster ${cluster}: ${source} gave no credentials: ${problem}`,
      hint: 'Run kubectl get namespaces with the same kubeconfig; where that asks you to log in, do so first.',
    }),
  unauthorized: (cluster: string) =>
    new DojoError({
      code: 'CLUSTER_UNAUTHORIZED',
      kind: 'denied',
      message: `cluster ${cluster} does not take the credentials (401)`,
      hint: 'They may have expired: log in again, or give the environment a new token.',
    }),
  unreachable: (cluster: string, host: string, what: string) =>
    new DojoError({
      code: 'CLUSTER_UNREACHABLE',
      kind: 'unavailable',
      message: `cluster ${cluster} (${host}): ${what}`,
      hint: again,
    }),
  untrusted: (cluster: string, host: string, what: string) =>
    new DojoError({
      code: 'CLUSTER_UNTRUSTED',
      kind: 'refused',
      message: `cluster ${cluster} (${host}) has a certificate that is not trusted: ${what}`,
      hint: 'Give the certificate authority of the cluster: certificate-authority-data of a kubeconfig, caData of the portal.',
    }),
  answerTooLarge: (cluster: string, subject: string, limit: string) =>
    new DojoError({
      code: 'CLUSTER_ANSWER_TOO_LARGE',
      kind: 'refused',
      message: `cluster ${cluster}: ${subject} is more than ${limit}`,
      hint: 'Look at what is in the namespace; something there makes objects without end.',
    }),
  answerInvalid: (cluster: string, subject: string, problem: string) =>
    new DojoError({
      code: 'CLUSTER_ANSWER_INVALID',
      kind: 'unavailable',
      message: `cluster ${cluster}: ${subject}: ${problem}`,
      hint: 'The address does not answer as a Kubernetes API server does; check it, and any proxy before it.',
    }),
  objectInvalid: (subject: string, problem: string) =>
    new DojoError({
      code: 'CLUSTER_OBJECT_INVALID',
      kind: 'input',
      message: `${subject}: ${problem}`,
      hint: 'Give the object a name, namespace and kind that Kubernetes takes.',
    }),
  kindProtected: (subject: string) =>
    new DojoError({
      code: 'CLUSTER_KIND_PROTECTED',
      kind: 'refused',
      message: `${subject} is of a kind that is never deleted here`,
      hint: 'Delete it yourself with kubectl, if it is to go: what it holds goes with it.',
    }),
};
