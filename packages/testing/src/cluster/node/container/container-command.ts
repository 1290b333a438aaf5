import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { clusterPort } from '../../cluster-port';
import { readEnvironment } from './container-environment';
import type { KubeApi } from '../api/kube-api';
import { expandVariables, toLocalText } from './local-paths';
import type { LocalPath } from './local-paths';
import type { Container, Pod } from '../pod/pod';
import type { ProbeTarget } from './probe-action';
import type { ProcessToRun } from './run-process';

/** What runs for an image whose manifest gives no `command`: as it is, in paths of this machine. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** What a container is run with, beside its manifest. */
export interface CommandScope {
  readonly api: KubeApi;
  readonly pod: Pod;
  readonly container: Container;
  /** Folder of each volume of the pod. */
  readonly volumes: ReadonlyMap<string, string>;
  /** A folder of the container's own. */
  readonly folder: string;
  readonly program: (container: Container) => Program | undefined;
  /** Local ports by container ports: the same for all runs of the container. */
  readonly ports: Map<number, number>;
  /** `https://127.0.0.1:6443` */
  readonly apiUrl: string;
}

/** A container as a process. */
export interface ContainerCommand {
  /** undefined: the image has no entry point. */
  readonly process?: ProcessToRun;
  readonly target: ProbeTarget;
  /** Where the process may leave a message of its end. */
  readonly messageFile: string;
}

/**
 * Says a container in terms of this machine. Beside the variables of the manifest the process has `MOUNT_<VOLUME>` (the folder
 * of each volume that it mounts), `PORT` (its first port) and `PORT_<containerPort>`; what the manifest gives is said anew
 * as in {@link toLocalText}.
 * @throws MissingReference
 */
export async function toCommand(
  scope: CommandScope,
): Promise<ContainerCommand> {
  const { container, ports } = scope;
  for (const port of portsOf(container)) {
    if (!ports.has(port)) ports.set(port, await clusterPort());
  }
  const declared = await readEnvironment(scope.api, scope.pod, container);
  const messageFile = join(scope.folder, 'termination-log');
  const mounts = await toMounts(scope);
  const messagePath =
    container.terminationMessagePath ?? '/dev/termination-log';
  const paths = [...mounts, { path: messagePath, local: messageFile }];
  const toLocal = (text: string) => toLocalText(text, paths, ports);
  const tmp =
    mounts.find(({ path }) => path === '/tmp')?.local ??
    join(scope.folder, 'tmp');
  await mkdir(tmp, { recursive: true });
  const env: Record<string, string> = {
    ...toBaseVariables(scope, tmp),
    ...toMountVariables(mounts),
    ...toPortVariables(container, ports),
    ...mapValues(declared, toLocal),
  };
  const toLocalCommand = (command: readonly string[]) =>
    command.map(each => toLocal(expandVariables(each, declared)));
  const cwd = await toWorkingFolder(scope, mounts);
  const target = { container, ports, toCommand: toLocalCommand, env, cwd };
  const [command, ...args] = toLocalCommand(
    container.command?.length
      ? [...container.command, ...(container.args ?? [])]
      : [],
  );
  if (command !== undefined)
    return { process: { command, args, env, cwd }, target, messageFile };
  const program = scope.program(container);
  return {
    process: program && {
      command: program.command,
      args: program.args,
      env: { ...env, ...program.env },
      cwd,
    },
    target,
    messageFile,
  };
}

/** Those that it declares, and those that its probes ask. */
function portsOf(container: Container): number[] {
  const { ports = [], startupProbe, readinessProbe, livenessProbe } = container;
  const asked = [startupProbe, readinessProbe, livenessProbe].flatMap(probe => [
    probe?.httpGet?.port,
    probe?.tcpSocket?.port,
    probe?.grpc?.port,
  ]);
  return [
    ...ports.map(({ containerPort }) => containerPort),
    ...asked.filter(port => typeof port === 'number'),
  ];
}

interface Mount extends LocalPath {
  readonly volume: string;
}

async function toMounts({
  container,
  volumes,
}: CommandScope): Promise<Mount[]> {
  const mounts: Mount[] = [];
  for (const { name, mountPath, subPath } of container.volumeMounts ?? []) {
    const folder = volumes.get(name);
    if (folder === undefined) continue;
    const local = subPath ? join(folder, subPath) : folder;
    // A file of that name is what was meant.
    if (subPath) await mkdir(local, { recursive: true }).catch(() => {});
    mounts.push({ path: mountPath, local, volume: name });
  }
  return mounts;
}

/** A working folder of the image is not there: an empty one of the container's own takes its place. */
async function toWorkingFolder(
  { container, folder }: CommandScope,
  mounts: readonly Mount[],
): Promise<string> {
  const wanted = container.workingDir;
  const local = wanted && toLocalText(wanted, mounts, new Map());
  const cwd = local && local !== wanted ? local : join(folder, 'work');
  await mkdir(cwd, { recursive: true });
  return cwd;
}

function toBaseVariables(
  { pod, folder, apiUrl }: CommandScope,
  tmp: string,
): Record<string, string> {
  const api = new URL(apiUrl);
  return {
    PATH: process.env.PATH ?? '',
    HOME: dirname(folder),
    TMPDIR: tmp,
    HOSTNAME: pod.spec.hostname ?? pod.metadata.name,
    KUBERNETES_SERVICE_HOST: api.hostname,
    KUBERNETES_SERVICE_PORT: api.port,
  };
}

function toMountVariables(mounts: readonly Mount[]): Record<string, string> {
  return Object.fromEntries(
    mounts.map(({ volume, local }) => [
      `MOUNT_${volume.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`,
      local,
    ]),
  );
}

function toPortVariables(
  container: Container,
  ports: ReadonlyMap<number, number>,
): Record<string, string> {
  const own = (container.ports ?? []).map(({ containerPort }) => ({
    containerPort,
    local: String(ports.get(containerPort)),
  }));
  return {
    ...(own.length > 0 && { PORT: own[0].local }),
    ...Object.fromEntries(
      own.map(({ containerPort, local }) => [`PORT_${containerPort}`, local]),
    ),
  };
}

function mapValues(
  record: Readonly<Record<string, string>>,
  change: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, change(value)]),
  );
}
