import { ClusterRefusal } from '../../cluster/cluster-refusal';
import { builtinResource } from '../resources/builtin-resources';
import { resourcePath, toQuery } from '../resources/resource-path';
import type { ApiClient, ApiRequest } from '../wire/api-client';
import { piecesOf } from '../wire/read-body';
import type { WireReply } from '../wire/wire';
import { decodeLines } from './decode-lines';

/** Characters of a line of a log that are kept. */
export const maxLogLine = 16_384;
/** How the lines of a log are read. */
export const logLines = { maxLength: maxLogLine, tooLong: 'cut' } as const;
/** Bytes of the last lines that are read: these lines are cut at their end, not at their beginning. */
const maxLogBytes = 32 * 1024 * 1024;

/** A container of a pod. */
export interface ContainerRef {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

const pods = builtinResource('', 'v1', 'Pod')!;

/** A request for a container's log. */
export function logRequest(
  { namespace, pod, container }: ContainerRef,
  parameters: Parameters<typeof toQuery>[0],
): ApiRequest {
  const path = resourcePath(pods, { namespace, name: pod, subresource: 'log' });
  return {
    method: 'GET',
    path: `${path}${toQuery({ container, ...parameters })}`,
    repeat: 'always',
    subject: {
      verb: 'get',
      resource: { ...pods, plural: 'pods/log' },
      object: { apiVersion: 'v1', kind: 'Pod', name: pod, namespace },
      dryRun: false,
    },
  };
}

/** Why there is no log. */
export type NoLog = 'waiting' | 'gone';

/**
 * Whether a refusal says that there is no log (yet, or any more), in the words of the API server and the kubelet.
 *
 * @returns undefined: it says something else.
 */
export function toNoLog(error: unknown): NoLog | undefined {
  if (!(error instanceof ClusterRefusal)) return undefined;
  const { status, reason, message } = error.refused;
  if (status === 404 && reason === 'NotFound') return 'gone';
  if (status !== 400) return undefined;
  if (/previous terminated container .* not found/.test(message)) return 'gone';
  return /is waiting to start|is not available|does not have a host assigned|PodInitializing/.test(
    message,
  )
    ? 'waiting'
    : undefined;
}

/** The last lines of a container's log; none where there is no log. */
export async function readLog(
  client: ApiClient,
  container: ContainerRef,
  options: { readonly lines: number; readonly previous: boolean },
  signal: AbortSignal,
): Promise<string[]> {
  const request = logRequest(container, {
    tailLines: options.lines,
    previous: options.previous,
    limitBytes: maxLogBytes,
  });
  const readLines = async (reply: WireReply) => {
    const lines: string[] = [];
    const pieces = piecesOf(reply, signal);
    for await (const line of decodeLines(pieces, logLines)) {
      lines.push(line);
      if (lines.length > options.lines) lines.shift();
    }
    return lines;
  };
  try {
    return await client.read(request, readLines, signal);
  } catch (error) {
    if (toNoLog(error) !== undefined) return [];
    throw error;
  }
}
