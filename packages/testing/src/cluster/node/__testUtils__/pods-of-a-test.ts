import { setTimeout as wait } from 'node:timers/promises';
import type { TestCluster } from '../../test-cluster';
import type { Container, ContainerStatus, Pod } from '../pod/pod';

/** An Event as tests look at it. */
export interface SeenEvent {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly involvedObject: {
    readonly name: string;
    readonly fieldPath?: string;
  };
  readonly reportingComponent: string;
  readonly source: { readonly component: string; readonly host?: string };
}

const within = 40_000;

/** Reads until it is as wanted. @throws what was read last. */
export async function eventually<T>(
  read: () => Promise<T> | T,
  isWanted: (value: T) => unknown,
): Promise<T> {
  const end = Date.now() + within;
  for (;;) {
    const value = await read();
    if (isWanted(value)) return value;
    if (Date.now() > end)
      throw new Error(`It did not come: ${JSON.stringify(value, null, 1)}`);
    await wait(50);
  }
}

/** A namespace of its own, and what is in it. */
export class TestNamespace {
  private constructor(
    private readonly cluster: TestCluster,
    readonly name: string,
  ) {}

  static async create(cluster: TestCluster): Promise<TestNamespace> {
    return new TestNamespace(cluster, await cluster.createNamespace());
  }

  /** Creates an object of `/api/v1` or `/apis/…`. */
  async create(resource: string, object: object): Promise<void> {
    await this.cluster.request('POST', this.path(resource), object);
  }

  async get<T>(resource: string): Promise<T> {
    return (await this.cluster.request('GET', this.path(resource))) as T;
  }

  /** A merge patch. */
  async patch(resource: string, change: object): Promise<void> {
    const type = 'application/merge-patch+json';
    await this.cluster.request('PATCH', this.path(resource), change, type);
  }

  async remove(resource: string, options?: object): Promise<void> {
    await this.cluster.request('DELETE', this.path(resource), options);
  }

  async createPod(
    name: string,
    containers: readonly Partial<Container>[],
    more: object = {},
    metadata: object = {},
  ): Promise<void> {
    await this.create('pods', {
      metadata: { name, ...metadata },
      spec: {
        restartPolicy: 'Never',
        terminationGracePeriodSeconds: 5,
        containers: toContainers(containers),
        ...more,
      },
    });
  }

  async createDeployment(
    name: string,
    containers: readonly Partial<Container>[],
    { spec = {}, pod = {} }: { spec?: object; pod?: object } = {},
  ): Promise<void> {
    const labels = { app: name };
    await this.create('apps/deployments', {
      metadata: { name },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            terminationGracePeriodSeconds: 5,
            containers: toContainers(containers),
            ...pod,
          },
        },
        ...spec,
      },
    });
  }

  pod(name: string): Promise<Pod> {
    return this.get<Pod>(`pods/${name}`);
  }

  async pods(app: string): Promise<readonly Pod[]> {
    const { items } = await this.get<{ items: readonly Pod[] }>(
      `pods?labelSelector=app%3D${app}`,
    );
    return items;
  }

  async untilPhase(name: string, phase: string): Promise<Pod> {
    return eventually(
      () => this.pod(name),
      pod => pod.status?.phase === phase,
    );
  }

  /** The status of a pod's only container, when it is as wanted. */
  async untilContainer(
    name: string,
    isWanted: (status: ContainerStatus) => unknown,
  ): Promise<ContainerStatus> {
    const pod = await eventually(
      () => this.pod(name),
      ({ status }) => status?.containerStatuses?.some(isWanted),
    );
    return pod.status!.containerStatuses![0];
  }

  async log(pod: string, query = ''): Promise<string> {
    return this.get<string>(`pods/${pod}/log?${query}`);
  }

  async events(): Promise<readonly SeenEvent[]> {
    const { items } = await this.get<{ items: readonly SeenEvent[] }>('events');
    return items;
  }

  async untilEvent(reason: string, message: string): Promise<SeenEvent> {
    const events = await eventually(
      () => this.events(),
      all =>
        all.some(each => each.reason === reason && each.message === message),
    );
    return events.find(
      each => each.reason === reason && each.message === message,
    )!;
  }

  private path(resource: string): string {
    const [, group, rest] = /^(?:(apps|batch)\/)?(.*)$/.exec(resource)!;
    const base = group ? `/apis/${group}/v1` : '/api/v1';
    return `${base}/namespaces/${this.name}/${rest}`;
  }
}

function toContainers(containers: readonly Partial<Container>[]): object[] {
  return containers.map(each => ({ name: 'main', image: 'app:1', ...each }));
}

/** What runs a script of Node.js. */
export function nodeScript(script: string): readonly string[] {
  return [process.execPath, '-e', script];
}

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
