import { z } from 'zod/v3';
import { runProcess } from '../../local/run-process';
import { redactSecrets } from '../../text/redact-secrets';
import { toPrintable } from '../../text/to-printable';
import { kubernetesErrors } from '../kubernetes-errors';
import type { Credentials } from './cluster-access';
import { pathFrom } from './kubeconfig';
import type { KubeconfigExec } from './kubeconfig';

/** Milliseconds that a credential plugin may take; one that logs in over a browser has no terminal here and fails. */
const deadline = 60_000;
const maxOutput = 1024 * 1024;
const group = 'client.authentication.k8s.io';
const versions = [`${group}/v1`, `${group}/v1beta1`];

const replySchema = z.object({
  kind: z.literal('ExecCredential'),
  apiVersion: z.string(),
  status: z.object({
    token: z.string().optional(),
    clientCertificateData: z.string().optional(),
    clientKeyData: z.string().optional(),
    expirationTimestamp: z.string().optional(),
  }),
});

/** What a plugin is run for. */
export interface ExecPluginOptions {
  readonly cluster: string;
  /** The kubeconfig it stands in: a command with a slash begins at its folder. */
  readonly file: string;
  /** What `provideClusterInfo` gives it. */
  readonly clusterInfo: () => unknown;
  /** Environment of this process, which it inherits as with kubectl. */
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/**
 * Runs a credential plugin (client-go credential plugins, `ExecCredential`): without a shell and a terminal, for at most a
 * minute.
 *
 * @throws DojoError CLUSTER_CREDENTIALS_FAILED with the last line that it wrote, and KUBECONFIG_INVALID
 */
export async function runExecPlugin(
  exec: KubeconfigExec,
  options: ExecPluginOptions,
): Promise<Credentials> {
  const { cluster, file, env, signal } = options;
  const failed = (problem: string) =>
    kubernetesErrors.credentialsFailed(cluster, exec.command, problem);
  const apiVersion = exec.apiVersion ?? '';
  if (!versions.includes(apiVersion)) {
    throw kubernetesErrors.kubeconfigInvalid(
      file,
      `exec.apiVersion must be ${versions.join(' or ')}`,
    );
  }
  if (exec.interactiveMode === 'Always') {
    throw failed('it needs a terminal (interactiveMode: Always)');
  }
  const own = exec.env ?? [];
  const end = await runProcess({
    command: exec.command.includes('/')
      ? pathFrom(file, exec.command)
      : exec.command,
    args: exec.args ?? [],
    env: {
      ...env,
      ...Object.fromEntries(own.map(({ name, value }) => [name, value])),
      KUBERNETES_EXEC_INFO: JSON.stringify({
        apiVersion,
        kind: 'ExecCredential',
        spec: {
          interactive: false,
          ...(exec.provideClusterInfo && { cluster: options.clusterInfo() }),
        },
      }),
    },
    maxOutput,
    deadline,
    signal,
  });
  if (end.kind === 'not-started') throw failed('it cannot be started');
  if (end.kind === 'too-slow') {
    throw failed(`it did not end within ${deadline / 1000} s`);
  }
  if (end.kind === 'too-much-output') throw failed('it wrote too much');
  if (end.code !== 0) {
    const secrets = own.map(({ value }) => value);
    const said = toPrintable(
      redactSecrets(end.stderr.trim().split('\n').at(-1) ?? '', secrets),
    );
    throw failed(
      `it ended with code ${end.code}${said === '' ? '' : ` (${said})`}`,
    );
  }
  return toCredentials(end.stdout, apiVersion, failed);
}

function toCredentials(
  stdout: Buffer,
  apiVersion: string,
  failed: (problem: string) => Error,
): Credentials {
  const reply = parseReply(stdout);
  if (reply?.apiVersion !== apiVersion) {
    throw failed(`it wrote no ExecCredential of ${apiVersion}`);
  }
  const { token, clientCertificateData, clientKeyData, expirationTimestamp } =
    reply.status;
  const certificate =
    clientCertificateData && clientKeyData
      ? { cert: clientCertificateData, key: clientKeyData }
      : undefined;
  if (!token && certificate === undefined) {
    throw failed('it wrote neither a token nor a certificate with its key');
  }
  const expires = Date.parse(expirationTimestamp ?? '');
  return {
    headers: token ? { authorization: `Bearer ${token}` } : {},
    certificate,
    ...(!Number.isNaN(expires) && { expires }),
    secrets: [token, clientKeyData].filter(secret => secret !== undefined),
  };
}

function parseReply(stdout: Buffer): z.infer<typeof replySchema> | undefined {
  try {
    // Not the parser's message: it quotes the token.
    return replySchema.safeParse(JSON.parse(stdout.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}
