import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isToRetry } from '../api/keyed-data';
import type { Container, ContainerStatus, TerminatedState } from '../pod/pod';
import { startsAgain } from '../pod/pod-status';
import { toSeconds } from '../record-events';
import { backOffAfter, kubeletBackOff } from './back-off';
import { toCommand } from './container-command';
import type { ContainerCommand } from './container-command';
import { toEnd, toStartError } from './container-end';
import type {
  ContainerPolicy,
  ContainerReporter,
  PodScope,
} from './container-scope';
import { runCommand } from './probe-action';
import { pullImage } from './pull-image';
import { RunLog } from './run-log';
import { runProbes } from './run-probes';
import { runProcess } from './run-process';
import type { RunningProcess } from './run-process';

/** Runs one container, again and again, as its policy says. */
export class ContainerLoop {
  private current: ContainerStatus;
  private command?: ContainerCommand;
  private process?: RunningProcess;
  /** The present one and the one before. */
  private readonly runs: RunLog[] = [];
  private readonly stopping = new AbortController();
  private isOutOfMemory = false;
  private readonly ports = new Map<number, number>();
  private readonly reporter: ContainerReporter;

  constructor(
    private readonly scope: PodScope,
    readonly container: Container,
    private readonly policy: ContainerPolicy,
    waiting: 'ContainerCreating' | 'PodInitializing',
  ) {
    const { name, image } = container;
    this.current = {
      name,
      image,
      imageID: '',
      ready: false,
      started: false,
      restartCount: 0,
      state: { waiting: { reason: waiting } },
      lastState: {},
    };
    const isInit = scope.pod.spec.initContainers?.includes(container);
    const fieldPath = `spec.${
      isInit ? 'initContainers' : 'containers'
    }{${name}}`;
    const { signal } = this.stopping;
    this.reporter = {
      set: change => {
        this.current = { ...this.current, ...change };
        scope.changed();
      },
      event: (type, reason, message) =>
        scope.node.record(scope.pod, { type, reason, message, fieldPath }),
      pause: milliseconds => wait(milliseconds, undefined, { signal }),
    };
  }

  get status(): ContainerStatus {
    return this.current;
  }

  /** undefined: it does not run now, or has no such port. */
  localPort(containerPort: number): number | undefined {
    return this.process && this.ports.get(containerPort);
  }

  /** The log of the present run, or of the last where none is; `previous`: of the run before that which is present. */
  log(previous: boolean): RunLog | undefined {
    const isPresent = !this.current.state.waiting;
    return previous && isPresent ? this.runs.at(-2) : this.runs.at(-1);
  }

  /** @returns when it will not start again: its end, or undefined where it was stopped before it ever ran. */
  async run(): Promise<TerminatedState | undefined> {
    const { signal } = this.stopping;
    const { node } = this.scope;
    const { first, most } = node.backOff;
    let failures = 0;
    try {
      for (;;) {
        await pullImage(this.container.image, node, this.reporter);
        const command = await this.untilCommand();
        signal.throwIfAborted();
        const begun = performance.now();
        const end = await this.runOnce(command);
        if (signal.aborted || !startsAgain(this.policy, end)) break;
        // So long the reason is to be seen.
        if (this.current.state.waiting) await this.reporter.pause(first);
        failures = performance.now() - begun > 2 * most ? 1 : failures + 1;
        await this.backOff(failures, end);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    return this.current.state.terminated;
  }

  /** Ends it for good. The process has so many milliseconds; its own last command counts in. */
  async stop(grace: number): Promise<void> {
    const isFirst = !this.stopping.signal.aborted;
    this.stopping.abort();
    if (!this.process) return;
    const message = `Stopping container ${this.container.name}`;
    if (isFirst) this.reporter.event('Normal', 'Killing', message);
    await this.endProcess(grace);
  }

  /** Ends the process at once, as the kernel does where memory is short. */
  runOutOfMemory(): void {
    if (!this.process) return;
    this.isOutOfMemory = true;
    this.process.kill();
  }

  private async endProcess(grace: number): Promise<void> {
    const ending = this.process;
    if (!ending) return;
    const begun = performance.now();
    const preStop = this.container.lifecycle?.preStop;
    if (preStop?.exec?.command && this.command && grace > 0)
      await runCommand(preStop.exec.command, this.command.target, grace);
    if (preStop?.sleep)
      await Promise.race([
        ending.ended,
        wait(Math.min(grace, 1000 * preStop.sleep.seconds)),
      ]);
    await ending.stop(Math.max(0, grace - (performance.now() - begun)));
  }

  private async untilCommand(): Promise<ContainerCommand> {
    const { node, pod, volumes } = this.scope;
    const { container, ports, reporter } = this;
    const folder = join(this.scope.folder, 'containers', container.name);
    await mkdir(folder, { recursive: true });
    const { api, apiUrl, program } = node;
    const its = { container, ports, volumes, folder };
    for (;;) {
      try {
        return await toCommand({ api, apiUrl, program, pod, ...its });
      } catch (error) {
        if (!isToRetry(error)) throw error;
        const { message } = error;
        const reason = 'CreateContainerConfigError';
        reporter.set({ state: { waiting: { reason, message } } });
        reporter.event('Warning', 'Failed', `Error: ${message}`);
        await reporter.pause(node.backOff.first);
      }
    }
  }

  private async runOnce(command: ContainerCommand): Promise<TerminatedState> {
    const { container, reporter } = this;
    const startedAt = toSeconds(new Date());
    const log = new RunLog();
    this.command = command;
    this.isOutOfMemory = false;
    await rm(command.messageFile, { force: true });
    try {
      if (!command.process) throw new Error('no command specified');
      const { guard } = this.scope.node;
      this.process = await runProcess(command.process, log, guard);
      // It was stopped while this began, and found nothing to end.
      if (this.stopping.signal.aborted) this.process.kill();
    } catch (error) {
      return this.failToStart(error as Error, startedAt);
    }
    this.runs.push(log);
    if (this.runs.length > 2) this.runs.shift();
    const { name, image } = container;
    reporter.event('Normal', 'Created', `Container created: ${name}`);
    reporter.event('Normal', 'Started', `Container started: ${name}`);
    const containerID = `process://${this.process.pid}-${this.current.restartCount}`;
    reporter.set({
      containerID,
      imageID: image,
      state: { running: { startedAt } },
    });
    const exited = new AbortController();
    const probing = this.probe(command, exited.signal);
    const code = await this.process.ended;
    exited.abort();
    this.process = undefined;
    await probing;
    const { isOutOfMemory } = this;
    const end = await toEnd(
      { startedAt, containerID },
      { code, isOutOfMemory },
      container,
      { messageFile: command.messageFile, log },
    );
    reporter.set({ ready: false, started: false, state: { terminated: end } });
    return end;
  }

  private failToStart(error: Error, startedAt: string): TerminatedState {
    const { name } = this.container;
    const containerID = `process://none-${name}-${this.current.restartCount}`;
    const program = this.command?.process?.command;
    const end = toStartError({ startedAt, containerID }, error, program);
    const { message } = end;
    this.reporter.event('Warning', 'Failed', `Error: ${message}`);
    const waiting = { reason: 'RunContainerError', message };
    this.reporter.set(
      startsAgain(this.policy, end)
        ? { state: { waiting }, lastState: { terminated: end } }
        : { state: { terminated: end } },
    );
    return end;
  }

  private probe(command: ContainerCommand, exited: AbortSignal): Promise<void> {
    const { container, reporter } = this;
    const signal = AbortSignal.any([exited, this.stopping.signal]);
    const seconds = this.scope.pod.spec.terminationGracePeriodSeconds ?? 30;
    return runProbes(
      container,
      command.target,
      {
        started: () => reporter.set({ started: true }),
        ready: ready => reporter.set({ ready }),
        unhealthy: text => reporter.event('Warning', 'Unhealthy', text),
        failed: kind => {
          const message = `Container ${container.name} failed ${kind} probe, will be restarted`;
          reporter.event('Normal', 'Killing', message);
          void this.endProcess(1000 * seconds);
        },
      },
      signal,
    );
  }

  private async backOff(failures: number, end: TerminatedState): Promise<void> {
    const { node, pod } = this.scope;
    const { reporter } = this;
    const { name: container } = this.container;
    const lastState = { terminated: end };
    // The first restart does not wait.
    if (failures > 1) {
      const { name, namespace, uid } = pod.metadata;
      const id = `${name}_${namespace}(${uid})`;
      const told = toDuration(backOffAfter(failures - 1, kubeletBackOff));
      const message = `back-off ${told} restarting failed container=${container} pod=${id}`;
      const waiting = { reason: 'CrashLoopBackOff', message };
      reporter.set({ state: { waiting }, lastState });
      const event = `Back-off restarting failed container ${container} in pod ${id}`;
      reporter.event('Warning', 'BackOff', event);
      await reporter.pause(backOffAfter(failures - 1, node.backOff));
    }
    const restartCount = this.current.restartCount + 1;
    reporter.set({ restartCount, lastState });
  }
}

/** As Go prints it: `10s`, `2m40s`. */
function toDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes}m${seconds % 60}s` : `${seconds}s`;
}
