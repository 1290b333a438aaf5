import { dirname, isAbsolute, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod/v3';
import { kubernetesErrors } from '../kubernetes-errors';

const text = z.string().nullish();

const clusterSchema = z.object({
  server: z.string(),
  'certificate-authority': text,
  'certificate-authority-data': text,
  'insecure-skip-tls-verify': z.boolean().nullish(),
  'tls-server-name': text,
  'proxy-url': text,
  extensions: z
    .array(z.object({ name: z.string(), extension: z.unknown() }))
    .nullish(),
});
const execSchema = z.object({
  apiVersion: z.string().nullish(),
  command: z.string().min(1),
  args: z.array(z.string()).nullish(),
  env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  interactiveMode: text,
  provideClusterInfo: z.boolean().nullish(),
});
const userSchema = z.object({
  token: text,
  tokenFile: text,
  username: text,
  password: text,
  'client-certificate': text,
  'client-certificate-data': text,
  'client-key': text,
  'client-key-data': text,
  as: text,
  'as-uid': text,
  'as-groups': z.array(z.string()).nullish(),
  'as-user-extra': z.record(z.array(z.string())).nullish(),
  exec: execSchema.nullish(),
  'auth-provider': z
    .object({ name: z.string(), config: z.record(z.string()).nullish() })
    .nullish(),
});
const contextSchema = z.object({ cluster: z.string(), user: text });
const named = z.array(z.object({ name: z.string() }).passthrough()).nullish();
const fileSchema = z.object({
  'current-context': text,
  contexts: named,
  clusters: named,
  users: named,
});

export type KubeconfigCluster = z.infer<typeof clusterSchema>;
export type KubeconfigUser = z.infer<typeof userSchema>;
export type KubeconfigExec = z.infer<typeof execSchema>;

/** One file, as it was read. */
export interface KubeconfigFile {
  readonly file: string;
  readonly text: string;
}

/** What one context of some kubeconfig files says. */
export interface KubeconfigSelection {
  readonly cluster: KubeconfigCluster & { readonly name: string };
  readonly user: KubeconfigUser & { readonly name: string };
  /** The files that cluster and user are from. */
  readonly clusterFile: string;
  readonly userFile: string;
}

/** A path of a kubeconfig: relative ones begin at its folder. */
export function pathFrom(file: string, path: string): string {
  return isAbsolute(path) ? path : join(dirname(file), path);
}

/**
 * The context of this name, by default the current one, of several kubeconfig files. As with kubectl, the first file that
 * has a name, or a current context, is the one that counts.
 *
 * @throws DojoError KUBECONFIG_INVALID and CONTEXT_UNKNOWN; none quotes what stands in a file.
 */
export function selectContext(
  files: readonly KubeconfigFile[],
  asked: string | undefined,
): KubeconfigSelection {
  const parsed = files.map(({ file, text: content }) => ({
    file,
    config: parseFile(file, content),
  }));
  const all = (list: 'contexts' | 'clusters' | 'users') =>
    parsed.flatMap(({ file, config }) =>
      (config[list] ?? []).map(item => ({ file, item })),
    );
  const name =
    asked ??
    parsed
      .map(({ config }) => config['current-context'])
      .find(current => Boolean(current));
  const names = parsed.map(({ file }) => file).join(', ');
  if (!name) {
    throw kubernetesErrors.kubeconfigInvalid(
      names,
      'it has no current-context',
    );
  }
  const context = all('contexts').find(({ item }) => item.name === name);
  if (context === undefined) {
    throw kubernetesErrors.contextUnknown(
      name,
      all('contexts')
        .map(({ item }) => item.name)
        .slice(0, 20),
    );
  }
  const { cluster, user } = read(contextSchema, context, 'context', name);
  const find = (list: 'clusters' | 'users', wanted: string) => {
    const found = all(list).find(({ item }) => item.name === wanted);
    if (found !== undefined) return found;
    throw kubernetesErrors.kubeconfigInvalid(
      names,
      `context "${name}" names "${wanted}", which is none of its ${list}`,
    );
  };
  const ofCluster = find('clusters', cluster);
  const ofUser = user ? find('users', user) : undefined;
  return {
    cluster: {
      ...read(clusterSchema, ofCluster, 'cluster', cluster),
      name: cluster,
    },
    user:
      ofUser === undefined || ofUser.item.user === null
        ? { name: user ?? '' }
        : { ...read(userSchema, ofUser, 'user', user!), name: user! },
    clusterFile: ofCluster.file,
    userFile: ofUser?.file ?? ofCluster.file,
  };
}

function parseFile(file: string, content: string): z.infer<typeof fileSchema> {
  let value: unknown;
  try {
    value = parse(content, { maxAliasCount: 100, logLevel: 'error' });
  } catch {
    // Not the parser's message: it quotes the text, which holds credentials.
    throw kubernetesErrors.kubeconfigInvalid(file, 'it is no YAML');
  }
  const result = fileSchema.safeParse(value ?? {});
  if (result.success) return result.data;
  throw kubernetesErrors.kubeconfigInvalid(file, whereOf(result.error));
}

function read<Schema extends z.ZodTypeAny>(
  schema: Schema,
  found: { file: string; item: Record<string, unknown> },
  part: string,
  name: string,
): z.infer<Schema> {
  const result = schema.safeParse(found.item[part]);
  if (result.success) return result.data;
  throw kubernetesErrors.kubeconfigInvalid(
    found.file,
    `${part} "${name}": ${whereOf(result.error)}`,
  );
}

function whereOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue.path.join('.') || 'it'}: ${issue.message.toLowerCase()}`;
}
