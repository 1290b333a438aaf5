import { readFile } from 'node:fs/promises';
import type { Container, TerminatedState } from '../pod/pod';
import { toSeconds } from '../record-events';
import type { RunLog } from './run-log';

/** Lines and bytes of a log that stand for a message of the end. Source: Kubernetes, "Customizing the termination message". */
const fallback = { lines: 80, bytes: 2048 };
const mostMessageBytes = 4096;

/** What is known of a run. */
export interface ContainerRun {
  readonly startedAt: string;
  readonly containerID: string;
}

/** How a run ended, with the message that the process left. */
export async function toEnd(
  run: ContainerRun,
  exit: { readonly code: number; readonly isOutOfMemory: boolean },
  container: Container,
  left: { readonly messageFile: string; readonly log: RunLog },
): Promise<TerminatedState> {
  const usual = exit.code === 0 ? 'Completed' : 'Error';
  return {
    exitCode: exit.code,
    reason: exit.isOutOfMemory ? 'OOMKilled' : usual,
    message: await readMessage(exit.code, container, left),
    ...run,
    finishedAt: toSeconds(new Date()),
  };
}

async function readMessage(
  exitCode: number,
  { terminationMessagePolicy }: Container,
  { messageFile, log }: { readonly messageFile: string; readonly log: RunLog },
): Promise<string | undefined> {
  const written = await readFile(messageFile).catch(() => Buffer.alloc(0));
  if (written.length > 0)
    return written.subarray(0, mostMessageBytes).toString('utf8');
  const isFallback = terminationMessagePolicy === 'FallbackToLogsOnError';
  return isFallback && exitCode !== 0
    ? log.tail(fallback.lines, fallback.bytes)
    : undefined;
}

/** How a run ended that never began, in the words of containerd and runc. */
export function toStartError(
  run: ContainerRun,
  error: Error,
  program: string | undefined,
): TerminatedState & { readonly message: string } {
  const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
  const why = isMissing
    ? `failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "${program}": executable file not found in $PATH: unknown`
    : error.message;
  return {
    exitCode: 128,
    reason: 'StartError',
    message: `failed to create containerd task: ${why}`,
    ...run,
    finishedAt: toSeconds(new Date()),
  };
}
