import type { Cluster, ObjectChange } from '../../cluster/cluster';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import type { Clock } from '../../plan/clock';
import type { Timer } from '../../plan/timer';
import { ChangeQueue, waitForChange } from '../rollout/change-queue';
import { explainSilence } from './explain-silence';
import { asksForMore } from './live-cause';
import { LiveComponent } from './live-component';
import type { LiveFacts } from './live-component';
import { componentLabel, podLabel, trimPod } from './live-objects';
import { componentReader } from './live-place';
import { PodDetailsReader } from './pod-details';

/** Options of {@link followLive}. */
export interface FollowLiveOptions {
  readonly cluster: Cluster;
  readonly environment: string;
  /** Template of the namespaces; default `{component}-{environment}`. */
  readonly namespace?: string;
  readonly clock: Clock;
  readonly timer: Timer;
  /** Called with each component whose facts are others than before, by its name. */
  readonly onFacts: (component: string, facts: LiveFacts) => void;
  /** Called once all that is there was told, and then with each sign of life, at most once in 5 s; default: nobody is. */
  readonly onAlive?: () => void;
  /** The digest that git wants of a component; default: nobody knows. */
  readonly digestOf?: (component: string) => string | undefined;
}

const defaultNamespace = '{component}-{environment}';
const deployments = { apiVersion: 'apps/v1', kind: 'Deployment' };
const pods = { apiVersion: 'v1', kind: 'Pod' };

/** Milliseconds between two judgements: of what changes many times at once the last state tells enough. */
const pause = 50;
/** Milliseconds after which what is on its way, or fails, is judged again though nothing changed. */
const beat = 5_000;
const quiet = 60_000;
const aliveEvery = 5_000;

type Note =
  | {
      readonly kind: 'change';
      readonly of: 'deployments' | 'pods';
      readonly change: ObjectChange;
    }
  | { readonly kind: 'heard' }
  | { readonly kind: 'read'; readonly pod: KubernetesObject }
  | { readonly kind: 'broken'; readonly error: unknown };

class LiveFollower {
  readonly #components = new Map<string, LiveComponent>();
  readonly #told = new Map<string, string>();
  readonly #dirty = new Set<string>();
  /** Those whose state passes by time alone. */
  readonly #moving = new Set<string>();
  readonly #awaited = new Set<string>(['deployments', 'pods']);
  readonly #details: PodDetailsReader;
  readonly #componentIn: (namespace: string) => string | undefined;
  #alive = -Infinity;
  /** Whether the cluster gave a sign of life since that was told last. */
  #isHeard = true;

  constructor(
    private readonly options: FollowLiveOptions,
    private readonly queue: ChangeQueue<Note>,
    private readonly signal: AbortSignal,
  ) {
    const { namespace = defaultNamespace, environment } = options;
    this.#componentIn = componentReader(namespace, environment);
    this.#details = new PodDetailsReader(
      options,
      pod => queue.push({ kind: 'read', pod }),
      signal,
    );
  }

  async run(): Promise<never> {
    const { clock, timer } = this.options;
    let judged = -Infinity;
    for (;;) {
      for (const note of this.queue.drain()) this.#take(note);
      const at = clock.now().getTime();
      if (at < judged + pause) {
        await timer.wait(judged + pause - at, this.signal);
        continue;
      }
      if (this.#awaited.size === 0) {
        if (at >= judged + beat) this.#touchMoving();
        judged = at;
        this.#judge(clock.now());
        this.#tellAlive(at);
      }
      const wait = this.#moving.size > 0 ? beat : quiet;
      await waitForChange(this.queue, timer, wait, this.signal);
      this.signal.throwIfAborted();
    }
  }

  #take(note: Note): void {
    switch (note.kind) {
      case 'change':
        this.#awaited.delete(note.of);
        if (note.of === 'deployments') this.#takeDeployments(note.change);
        else this.#takePods(note.change);
        break;
      case 'read': {
        const component = this.#placeOf(note.pod);
        if (component !== undefined) this.#dirty.add(component);
        break;
      }
      case 'broken':
        throw explainSilence(this.options.environment, note.error);
      default:
        this.#isHeard = true;
    }
  }

  /** The component whose namespace an object is in. */
  #placeOf({ metadata }: KubernetesObject): string | undefined {
    return metadata.namespace === undefined
      ? undefined
      : this.#componentIn(metadata.namespace);
  }

  #takeDeployments(change: ObjectChange): void {
    const { clock, digestOf } = this.options;
    const put = (object: KubernetesObject) => {
      const name = this.#placeOf(object);
      if (name === undefined) return undefined;
      if (object.metadata.labels?.[componentLabel] !== name) return undefined;
      this.#of(name).putDeployment(object, digestOf?.(name));
      return `${name}/${object.metadata.name}`;
    };
    switch (change.kind) {
      case 'changed':
        put(change.object);
        break;
      case 'removed': {
        const name = this.#placeOf(change.object);
        if (name === undefined) break;
        this.#of(name).removeDeployment(
          change.object.metadata.name,
          clock.now(),
        );
        break;
      }
      default: {
        const there = new Set(change.objects.map(put));
        for (const [name, component] of this.#components) {
          for (const held of component.deploymentNames) {
            if (there.has(`${name}/${held}`)) continue;
            this.#of(name).removeDeployment(held, clock.now());
          }
        }
      }
    }
  }

  #takePods(change: ObjectChange): void {
    const put = (object: KubernetesObject) => {
      const name = this.#placeOf(object);
      if (name === undefined) return undefined;
      this.#of(name).putPod(trimPod(object));
      return `${name}/${object.metadata.name}`;
    };
    const remove = (name: string, pod: KubernetesObject) => {
      this.#of(name).removePod(pod.metadata.name);
      this.#details.forget(pod);
    };
    switch (change.kind) {
      case 'changed':
        put(change.object);
        break;
      case 'removed': {
        const name = this.#placeOf(change.object);
        if (name !== undefined) remove(name, change.object);
        break;
      }
      default: {
        const there = new Set(change.objects.map(put));
        for (const [name, component] of this.#components) {
          for (const pod of component.pods) {
            if (!there.has(`${name}/${pod.metadata.name}`)) remove(name, pod);
          }
        }
      }
    }
  }

  #of(name: string): LiveComponent {
    const held = this.#components.get(name) ?? new LiveComponent(name);
    this.#components.set(name, held);
    this.#dirty.add(name);
    return held;
  }

  #touchMoving(): void {
    for (const name of this.#moving) this.#dirty.add(name);
  }

  #judge(now: Date): void {
    const { environment, onFacts } = this.options;
    for (const name of this.#dirty) {
      const component = this.#components.get(name)!;
      let isBehind = false;
      for (const pod of component.pods) {
        if (asksForMore(pod, { now })) this.#details.ask(pod);
        isBehind ||= this.#details.isBehind(pod);
      }
      // A pod that nothing of ours made is none of a component.
      const isOurs =
        component.deploymentNames.length > 0 || this.#told.has(name);
      if (!isOurs) continue;
      const facts = component.judge(
        this.#details,
        `cluster:${environment}`,
        now,
      );
      const { kind } = facts.health;
      const isMoving =
        kind === 'rolling-out' || kind === 'failed' || kind === 'down';
      if (isMoving) this.#moving.add(name);
      else this.#moving.delete(name);
      if (kind === 'healthy') component.pods.forEach(pod => this.#forget(pod));
      // A cause is told with its log, which is read first.
      const isNews = kind === 'failed' || kind === 'down';
      if (isBehind && isNews) continue;
      const text = JSON.stringify(facts);
      if (this.#told.get(name) === text) continue;
      this.#told.set(name, text);
      onFacts(name, facts);
    }
    this.#dirty.clear();
  }

  #forget(pod: KubernetesObject): void {
    this.#details.forget(pod);
  }

  #tellAlive(at: number): void {
    if (!this.#isHeard || at < this.#alive + aliveEvery) return;
    this.#alive = at;
    this.#isHeard = false;
    this.options.onAlive?.();
  }
}

/**
 * Follows what lives of all components of an environment, by two watches of its cluster: of the Deployments that carry the
 * label of our overlays, and of the pods that carry their name. What is kept of an object is what its state is told from;
 * what of a pod that fails is asked beside are its events and the end of its log, once for each restart.
 *
 * @throws DojoError LIVE_TOKEN_REFUSED, LIVE_RIGHT_MISSING, LIVE_CLUSTER_SILENT, and what else the cluster throws where it
 * stays away; the signal's reason.
 */
export async function followLive(
  options: FollowLiveOptions,
  signal: AbortSignal,
): Promise<never> {
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  const queue = new ChangeQueue<Note>();
  const follow = async (
    of: 'deployments' | 'pods',
    kind: typeof pods,
    label: string,
  ) => {
    const onHeard = () => queue.push({ kind: 'heard' });
    try {
      const changes = options.cluster.follow(kind, { labels: label }, both, {
        onHeard,
      });
      for await (const change of changes) {
        queue.push({ kind: 'change', of, change });
      }
      if (!both.aborted) throw new Error(`no more changes of ${kind.kind}`);
    } catch (error) {
      if (!both.aborted) queue.push({ kind: 'broken', error });
    }
  };
  const streams = [
    follow('deployments', deployments, componentLabel),
    follow('pods', pods, podLabel),
  ];
  try {
    return await new LiveFollower(options, queue, both).run();
  } finally {
    over.abort();
    await Promise.all(streams);
    signal.throwIfAborted();
  }
}
