import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import type { LocalPorts } from './local-paths';
import type { Container, ProbeAction } from '../pod/pod';
import { podIP } from '../pod/pod';

/** Where the process is that a probe asks. */
export interface ProbeTarget {
  readonly container: Container;
  readonly ports: LocalPorts;
  /** What an exec probe runs with: its command in paths of this machine. */
  readonly toCommand: (command: readonly string[]) => readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** Bytes of a command's output that are told. */
const mostOutput = 10 * 1024;

/**
 * Asks once. gRPC, and HTTP over TLS, are asked as a TCP connection: the certificate of a pod is not proven by anybody.
 * @returns undefined: it went well; else why not, in the kubelet's words.
 */
export async function probeOnce(
  action: ProbeAction,
  target: ProbeTarget,
  timeout: number,
): Promise<string | undefined> {
  const { exec, httpGet, tcpSocket, grpc } = action;
  if (exec) return runCommand(exec.command ?? [], target, timeout);
  const port = localPortOf(
    httpGet?.port ?? tcpSocket?.port ?? grpc?.port ?? 0,
    target,
  );
  if (!httpGet || httpGet.scheme === 'HTTPS') return reachPort(port, timeout);
  const headers = Object.fromEntries(
    (httpGet.httpHeaders ?? []).map(({ name, value }) => [name, value]),
  );
  return getPath(port, httpGet.path ?? '/', headers, timeout);
}

/** The port on this machine of a container's port, which may be named. */
export function localPortOf(
  port: number | string,
  { container, ports }: Pick<ProbeTarget, 'container' | 'ports'>,
): number {
  const declared = container.ports?.find(({ name }) => name === port);
  const number = declared?.containerPort ?? Number(port);
  return ports.get(number) ?? number;
}

/** Runs a command beside the process, as `exec` does in a container. */
export async function runCommand(
  command: readonly string[],
  { toCommand, env, cwd }: ProbeTarget,
  timeout: number,
): Promise<string | undefined> {
  const [program, ...args] = toCommand(command);
  const child = spawn(program, args, {
    env: { ...env },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const add = (chunk: Buffer) => {
    output = (output + chunk).slice(0, mostOutput);
  };
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, timeout);
  try {
    const [code] = await once(child, 'exit');
    if (isLate)
      return `command timed out: "${command.join(' ')}" timed out after ${
        timeout / 1000
      }s`;
    return code === 0 ? undefined : output;
  } catch (error) {
    return (error as Error).message;
  } finally {
    clearTimeout(timer);
  }
}

function getPath(
  port: number,
  path: string,
  headers: Record<string, string>,
  timeout: number,
): Promise<string | undefined> {
  const url = `http://${podIP}:${port}${path}`;
  return new Promise(resolve => {
    const sent = request(url, {
      headers: { 'user-agent': 'kube-probe/1.36', ...headers },
      agent: false,
    });
    const timer = setTimeout(() => {
      resolve(
        `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
      );
      sent.destroy();
    }, timeout);
    sent.on('response', answer => {
      clearTimeout(timer);
      answer.resume();
      const status = answer.statusCode ?? 0;
      const isGood = status >= 200 && status < 400;
      resolve(
        isGood ? undefined : `HTTP probe failed with statuscode: ${status}`,
      );
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve(`Get "${url}": ${toDialError(error, port)}`);
    });
    sent.end();
  });
}

function reachPort(port: number, timeout: number): Promise<string | undefined> {
  return new Promise(resolve => {
    const socket = connect(port, podIP);
    const finish = (result?: string) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(timeout, () =>
      finish(`dial tcp ${podIP}:${port}: i/o timeout`),
    );
    socket.once('connect', () => finish());
    socket.once('error', error => finish(toDialError(error, port)));
  });
}

function toDialError(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === 'ECONNREFUSED')
    return `dial tcp ${podIP}:${port}: connect: connection refused`;
  return error.code === 'ECONNRESET' ? 'EOF' : error.message;
}
