import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ClusterPrograms } from '../testbed-programs';
import type { AdminClient } from './admin-client';
import { AuditLog } from './audit-log';
import type { AuditEvent } from './audit-log';
import { apiServerArgs } from './control-plane';
import type { Guard, GuardedProgram } from './guard';
import { until } from './until';

/** Milliseconds in which the answer of a request that came is written down. */
const writtenWithin = 10_000;

/** The API server of a test cluster, which can be stopped and started again on the same port. */
export class ApiServer {
  #program: GuardedProgram | undefined;
  readonly #logs: AuditLog[] = [];

  constructor(
    private readonly options: {
      readonly guard: Guard;
      readonly folder: string;
      readonly programs: ClusterPrograms;
      readonly port: number;
      readonly client: AdminClient;
    },
  ) {}

  /**
   * Starts it where it does not run, and waits until it says that it is ready.
   *
   * @throws what it wrote, where it ended instead: its port may have been taken.
   */
  async start(): Promise<void> {
    if (this.#program && !this.#program.hasExited()) return;
    const { guard, folder, programs, port } = this.options;
    const auditLog = `audit-${this.#logs.length + 1}.log`;
    this.#logs.push(new AuditLog(join(folder, auditLog)));
    const program = await guard.run(
      'kube-apiserver',
      programs['kube-apiserver'],
      apiServerArgs({ port, auditLog }),
    );
    this.#program = program;
    await until(program, () => this.#isReady());
  }

  /** Ends it as a crash does; etcd keeps what it has answered. */
  async stop(): Promise<void> {
    await this.#program?.kill();
  }

  /** All requests that were answered before this call. */
  async audit(): Promise<readonly AuditEvent[]> {
    const newest = this.#logs.at(-1);
    for (const log of this.#logs) await log.read();
    const awaited = new Set(newest?.pending);
    const end = Date.now() + writtenWithin;
    while (
      newest?.pending.some(id => awaited.has(id)) &&
      !this.#program?.hasExited() &&
      Date.now() < end
    ) {
      await wait(5);
      await newest.read();
    }
    return this.#logs.flatMap(log => log.events);
  }

  async #isReady(): Promise<boolean> {
    try {
      await this.options.client.request('GET', '/readyz');
      return true;
    } catch {
      return false;
    }
  }
}
