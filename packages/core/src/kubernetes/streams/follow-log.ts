import { isDojoError } from 'backstage-plugin-dojo-common';
import { z } from 'zod/v3';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import type { ApiClient } from '../wire/api-client';
import { piecesOf } from '../wire/read-body';
import { WireFailure } from '../wire/wire-failure';
import { decodeLines } from './decode-lines';
import { LogPosition } from './log-position';
import { logLines, logRequest, toNoLog } from './read-log';
import type { ContainerRef } from './read-log';
import { Resumption } from './resumption';

/** Milliseconds of silence after which a log is opened again, since its connection may be dead. */
const maxSilence = 300_000;
/** Looks in a row without an answer, each repeated for as long as a request is, after which the server does not come back. */
const mostLostLooks = 3;
/** Milliseconds between looks at a container that has not begun. */
const startPause = 500;

const statusSchema = z.array(
  z.object({
    name: z.string(),
    restartCount: z.number(),
    state: z.object({
      running: z.unknown(),
      terminated: z.unknown(),
    }),
  }),
);
const podSchema = z.object({
  phase: z.string().optional(),
  initContainerStatuses: statusSchema.optional(),
  containerStatuses: statusSchema.optional(),
  ephemeralContainerStatuses: statusSchema.optional(),
});

/** What a container does. */
type Stage =
  | { readonly kind: 'before' }
  | { readonly kind: 'running' | 'ended'; readonly run: number }
  /** It will not write any more, or is not there. */
  | { readonly kind: 'never' };

/**
 * The lines of one run of a container: of the present one, or of the first to come. A log whose end is not the container's
 * (a cut connection, an API server that goes, a log that the kubelet rotated) is resumed where it was, without a line twice.
 *
 * @param readPod the pod as it is; undefined: it is gone.
 * @throws as {@link ApiClient.call}; an aborted signal ends it quietly.
 */
export async function* followLog(
  client: ApiClient,
  container: ContainerRef,
  readPod: () => Promise<KubernetesObject | undefined>,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const position = new LogPosition();
  const resumption = new Resumption(client.ports);
  let run: number | undefined;
  let lostLooks = 0;
  try {
    while (!signal.aborted) {
      let pod: KubernetesObject | undefined;
      try {
        pod = await readPod();
        lostLooks = 0;
      } catch (error) {
        lostLooks += 1;
        if (!isUnreachable(error) || lostLooks === mostLostLooks) throw error;
        continue;
      }
      const stage = stageOf(pod, container.container);
      if (stage.kind === 'never') return;
      if (stage.kind === 'before') {
        // It was running, and waits to run again: that is another run.
        if (run !== undefined) return;
        await client.ports.sleep(startPause, signal);
        continue;
      }
      run ??= stage.run;
      if (stage.run !== run) return;
      const end = yield* readOnce(
        client,
        container,
        position,
        resumption,
        signal,
      );
      // Read to its end after the container had ended: that is all.
      if (end === 'whole' && stage.kind === 'ended') return;
      await resumption.pause(end === 'whole' ? undefined : end, signal);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function isUnreachable(error: unknown): boolean {
  return isDojoError(error) && error.code === 'CLUSTER_UNREACHABLE';
}

async function* readOnce(
  client: ApiClient,
  container: ContainerRef,
  position: LogPosition,
  resumption: Resumption,
  signal: AbortSignal,
): AsyncGenerator<string, 'whole' | Error, undefined> {
  position.resume();
  resumption.begin();
  const request = logRequest(container, {
    follow: true,
    timestamps: true,
    sinceTime: position.sinceTime,
  });
  try {
    const reply = await client.open(request, maxSilence, signal);
    for await (const line of decodeLines(piecesOf(reply, signal), logLines)) {
      const text = position.take(line);
      if (text === undefined) continue;
      resumption.progressed();
      yield text;
      // Of what has come already, nothing is told any more.
      signal.throwIfAborted();
    }
    return 'whole';
  } catch (error) {
    if (error instanceof WireFailure) return client.unreachable(error);
    // It began or went since its pod was read: the next look tells which.
    if (toNoLog(error) !== undefined) return error as Error;
    throw error;
  }
}

function stageOf(pod: KubernetesObject | undefined, container: string): Stage {
  const { success, data } = podSchema.safeParse(pod?.status);
  if (pod === undefined) return { kind: 'never' };
  if (!success) return { kind: 'before' };
  const status = [
    ...(data.initContainerStatuses ?? []),
    ...(data.containerStatuses ?? []),
    ...(data.ephemeralContainerStatuses ?? []),
  ].find(({ name }) => name === container);
  const run = status?.restartCount ?? 0;
  if (status?.state.running) return { kind: 'running', run };
  if (status?.state.terminated) return { kind: 'ended', run };
  const isOver = data.phase === 'Succeeded' || data.phase === 'Failed';
  return { kind: isOver ? 'never' : 'before' };
}
