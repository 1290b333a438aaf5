import { setTimeout as wait } from 'node:timers/promises';
import type { Container, Probe } from '../pod/pod';
import { probeOnce } from './probe-action';
import type { ProbeTarget } from './probe-action';

/** What probes tell of a container. */
export interface ProbeListener {
  /** The startup probe went well, or there is none. */
  started(): void;
  ready(isReady: boolean): void;
  /** One of them failed; the message is the kubelet's. */
  unhealthy(message: string): void;
  /** The container is to be ended. */
  failed(kind: 'liveness' | 'startup'): void;
}

/**
 * Milliseconds between the tries that are made beside those of the manifest until a process is started or ready: one that goes
 * well counts at once, and so a rollout takes as long as the processes do; one that fails counts for nothing.
 */
const eagerPeriod = 100;

/** Probes a running container until the signal aborts. */
export async function runProbes(
  container: Container,
  target: ProbeTarget,
  listener: ProbeListener,
  signal: AbortSignal,
): Promise<void> {
  const { startupProbe, readinessProbe, livenessProbe } = container;
  if (startupProbe) {
    const decided = new AbortController();
    const either = AbortSignal.any([signal, decided.signal]);
    let hasStarted = false;
    await repeat(startupProbe, 'Startup', target, either, listener, {
      isSettled: () => false,
      good: () => {
        hasStarted = true;
        decided.abort();
      },
      bad: () => {
        listener.failed('startup');
        decided.abort();
      },
    });
    if (!hasStarted) return;
  }
  if (signal.aborted) return;
  listener.started();
  let isReady = !readinessProbe;
  const setReady = (now: boolean) => {
    isReady = now;
    listener.ready(now);
  };
  setReady(isReady);
  await Promise.all([
    readinessProbe &&
      repeat(readinessProbe, 'Readiness', target, signal, listener, {
        isSettled: () => isReady,
        good: () => setReady(true),
        bad: () => setReady(false),
      }),
    livenessProbe &&
      repeat(livenessProbe, 'Liveness', target, signal, listener, {
        isSettled: () => true,
        good: () => {},
        bad: () => listener.failed('liveness'),
      }),
  ]);
}

interface Verdict {
  /** Nothing is gained by asking more often than the manifest wants. */
  isSettled(): boolean;
  /** Went well as often in a row as the manifest wants. */
  good(): void;
  /** Failed as often in a row as the manifest wants. */
  bad(): void;
}

async function repeat(
  probe: Probe,
  kind: 'Startup' | 'Readiness' | 'Liveness',
  target: ProbeTarget,
  signal: AbortSignal,
  listener: ProbeListener,
  verdict: Verdict,
): Promise<void> {
  const period = 1000 * (probe.periodSeconds ?? 10);
  const timeout = 1000 * (probe.timeoutSeconds ?? 1);
  // A command is a process to start: not so often.
  const isCheap = !probe.exec;
  let goods = 0;
  let bads = 0;
  let next = performance.now() + 1000 * (probe.initialDelaySeconds ?? 0);
  await pass(next - performance.now(), signal);
  while (!signal.aborted) {
    const isRegular = performance.now() >= next;
    const problem = await probeOnce(probe, target, timeout);
    if (signal.aborted) return;
    if (problem === undefined) {
      bads = 0;
      goods += 1;
      if (goods >= (probe.successThreshold ?? 1)) verdict.good();
    } else if (isRegular) {
      goods = 0;
      bads += 1;
      listener.unhealthy(`${kind} probe failed: ${problem}`);
      if (bads >= (probe.failureThreshold ?? 3)) {
        bads = 0;
        verdict.bad();
      }
    }
    if (isRegular) next += period;
    const rest = Math.max(0, next - performance.now());
    const isEager = isCheap && !verdict.isSettled();
    await pass(isEager ? Math.min(rest, eagerPeriod) : rest, signal);
  }
}

async function pass(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(Math.max(0, milliseconds), undefined, { signal }).catch(() => {});
}
