import { readFile } from 'node:fs/promises';
import { kubernetesErrors } from '../kubernetes-errors';
import type { ClusterAccess, Credentials } from './cluster-access';
import { runExecPlugin } from './exec-plugin';
import { pathFrom } from './kubeconfig';
import type { KubeconfigSelection, KubeconfigUser } from './kubeconfig';
import { OidcToken } from './oidc-token';

/** Milliseconds after which a token's file is read again, as kubectl does: a projected token is replaced in place. */
const tokenFileMilliseconds = 60_000;

/** What {@link userCredentials} reads with. */
export interface UserCredentialsOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly clock: { now(): Date };
  readonly clusterInfo: () => unknown;
}

/** Credentials of a kubeconfig's user; what is in files is read with each call, so that rotated ones are found. */
export function userCredentials(
  { user, userFile, cluster }: KubeconfigSelection,
  options: UserCredentialsOptions,
): ClusterAccess['credentials'] {
  const provider = user['auth-provider'];
  if (provider && provider.name !== 'oidc') {
    throw kubernetesErrors.kubeconfigInvalid(
      userFile,
      `auth-provider ${provider.name} is no longer one of kubectl's; use its exec plugin`,
    );
  }
  const oidc = provider && new OidcToken(cluster.name, provider.config ?? {});
  const impersonation = impersonationOf(user);
  return async signal => {
    const parts: Partial<Credentials>[] = [
      await certificateOf(user, userFile),
      basicOf(user),
    ];
    // kubectl's order of who wins.
    if (user.tokenFile) {
      const text = await readText(userFile, user.tokenFile, 'tokenFile');
      const token = text.trim();
      if (token === '') {
        throw kubernetesErrors.kubeconfigInvalid(
          userFile,
          `tokenFile ${user.tokenFile} is empty`,
        );
      }
      parts.push({
        ...bearer(token),
        expires: options.clock.now().getTime() + tokenFileMilliseconds,
      });
    } else if (user.token) {
      parts.push(bearer(user.token));
    } else if (oidc) {
      const header = await oidc.read(signal);
      parts.push(bearer(header.replace(/^Bearer /, '')));
    } else if (user.exec) {
      parts.push(
        await runExecPlugin(user.exec, {
          cluster: cluster.name,
          file: userFile,
          clusterInfo: options.clusterInfo,
          env: options.env,
          signal,
        }),
      );
    }
    const expires = parts.flatMap(part => part.expires ?? []).at(-1);
    return {
      headers: {
        ...Object.assign({}, ...parts.map(part => part.headers ?? {})),
        ...impersonation,
      },
      certificate: parts.flatMap(part => part.certificate ?? []).at(-1),
      ...(expires !== undefined && { expires }),
      secrets: parts.flatMap(part => part.secrets ?? []),
    };
  };
}

function bearer(token: string): Partial<Credentials> {
  return { headers: { authorization: `Bearer ${token}` }, secrets: [token] };
}

function basicOf({ username, password }: KubeconfigUser): Partial<Credentials> {
  if (!username) return {};
  const pair = Buffer.from(`${username}:${password ?? ''}`).toString('base64');
  return {
    headers: { authorization: `Basic ${pair}` },
    secrets: [pair, ...(password ? [password] : [])],
  };
}

function impersonationOf(user: KubeconfigUser): Credentials['headers'] {
  const extra = Object.entries(user['as-user-extra'] ?? {});
  return {
    ...(user.as && { 'impersonate-user': user.as }),
    ...(user['as-uid'] && { 'impersonate-uid': user['as-uid'] }),
    ...(user['as-groups']?.length && {
      'impersonate-group': user['as-groups'],
    }),
    ...Object.fromEntries(
      extra.map(([key, values]) => [
        `impersonate-extra-${encodeURIComponent(key.toLowerCase())}`,
        values,
      ]),
    ),
  };
}

async function certificateOf(
  user: KubeconfigSelection['user'],
  file: string,
): Promise<Partial<Credentials>> {
  const cert = await pemOf(user, file, 'client-certificate');
  const key = await pemOf(user, file, 'client-key');
  if (cert === undefined && key === undefined) return {};
  if (cert === undefined || key === undefined) {
    throw kubernetesErrors.kubeconfigInvalid(
      file,
      `user "${user.name}" has ${
        cert ? 'a client certificate without its key' : 'a client key alone'
      }`,
    );
  }
  return { certificate: { cert, key }, secrets: [key] };
}

type PemField = 'client-certificate' | 'client-key';

async function pemOf(
  user: KubeconfigUser,
  file: string,
  field: PemField,
): Promise<string | undefined> {
  const data = user[`${field}-data`];
  // As kubectl: what stands in the file itself wins.
  if (data) return Buffer.from(data, 'base64').toString('utf8');
  const path = user[field];
  return path ? readText(file, path, field) : undefined;
}

/** Text of a file that a kubeconfig names. @throws DojoError KUBECONFIG_INVALID */
export async function readText(
  kubeconfig: string,
  path: string,
  field: string,
): Promise<string> {
  try {
    return await readFile(pathFrom(kubeconfig, path), 'utf8');
  } catch {
    throw kubernetesErrors.kubeconfigInvalid(
      kubeconfig,
      `${field} ${path} cannot be read`,
    );
  }
}
