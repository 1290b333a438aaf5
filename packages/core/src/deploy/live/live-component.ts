import { leftAloneIn } from 'backstage-plugin-dojo-common';
import type {
  DeliveryDrift,
  DeliveryHealth,
  DeliveryRunning,
} from 'backstage-plugin-dojo-common';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { judgeLive } from './judge-live';
import type { JudgedWorkload, LiveWorkload } from './judge-live';
import type { LiveCause } from './live-cause';
import { trimDeployment } from './live-objects';
import { readDrift } from './read-drift';
import type { ReadDrift } from './read-drift';
import { deploymentOf } from './replica-sets';

/** What a cluster says of a component. */
export interface LiveFacts {
  readonly running: DeliveryRunning;
  readonly health: DeliveryHealth;
  readonly drift: DeliveryDrift;
  readonly cause?: LiveCause;
}

interface Held {
  readonly deployment: KubernetesObject;
  readonly read: ReadDrift;
  readonly judged?: JudgedWorkload;
}

/** What is known of pods beside themselves. */
export interface PodDetails extends Pick<LiveWorkload, 'readLog'> {
  readonly eventsOf: (
    pods: readonly KubernetesObject[],
  ) => readonly KubernetesObject[];
}

const order: readonly DeliveryHealth['kind'][] = [
  'down',
  'failed',
  'rolling-out',
  'stopped',
  'healthy',
];

/** What lives of a component in one environment, kept up to date change by change. */
export class LiveComponent {
  readonly #name: string;
  readonly #deployments = new Map<string, Held>();
  readonly #pods = new Map<string, KubernetesObject>();
  /** What ran before the last Deployment went. */
  #last: string | undefined;
  #gone: string | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  get pods(): readonly KubernetesObject[] {
    return [...this.#pods.values()];
  }

  /** Takes a Deployment as it is now, whole. @param digest that git wants, where that is known. */
  putDeployment(object: KubernetesObject, digest: string | undefined): void {
    const { name, uid } = object.metadata;
    const former = this.#deployments.get(name);
    // One of this name may have been another, which is gone.
    const held = former?.deployment.metadata.uid === uid ? former : undefined;
    const baseline = held?.read.baseline;
    this.#deployments.set(name, {
      deployment: trimDeployment(object),
      read: readDrift(object, {
        ...(baseline && { baseline }),
        ...(digest !== undefined && { digest }),
      }),
      ...(held?.judged && { judged: held.judged }),
    });
  }

  removeDeployment(name: string, now: Date): void {
    const held = this.#deployments.get(name);
    if (held === undefined) return;
    this.#deployments.delete(name);
    this.#last = held.judged?.last ?? this.#last;
    this.#gone = now.toISOString();
  }

  /** Takes a pod, trimmed. */
  putPod(pod: KubernetesObject): void {
    this.#pods.set(pod.metadata.name, pod);
  }

  removePod(name: string): void {
    this.#pods.delete(name);
  }

  get deploymentNames(): readonly string[] {
    return [...this.#deployments.keys()];
  }

  get isEmpty(): boolean {
    return this.#deployments.size === 0 && this.#pods.size === 0;
  }

  /** How it stands now. @param source of what is not known: `cluster:staging` */
  judge(details: PodDetails, source: string, now: Date): LiveFacts {
    const judged = [...this.#deployments].map(([name, held]) => {
      const pods = this.pods.filter(pod => deploymentOf(pod) === name);
      const result = judgeLive(
        {
          component: this.#name,
          deployment: held.deployment,
          pods,
          events: details.eventsOf(pods),
          readLog: details.readLog,
          ...(held.judged && { before: held.judged }),
        },
        now,
      );
      this.#deployments.set(name, { ...held, judged: result });
      return { name, result, drift: held.read.drift };
    });
    if (judged.length === 0) return this.#nothing();
    const main =
      judged.find(({ name }) => name === this.#name) ??
      judged.sort((one, other) => (one.name < other.name ? -1 : 1))[0];
    const worst = [main, ...judged].sort(
      (one, other) =>
        order.indexOf(one.result.health.kind) -
        order.indexOf(other.result.health.kind),
    )[0].result;
    // What nobody wants to run is no fault of the others.
    const told = main.result.health.kind === 'stopped' ? main.result : worst;
    return {
      running: main.result.running,
      health: told.health,
      drift: driftOf(
        judged.map(({ drift }) => drift),
        source,
      ),
      ...(told.cause && { cause: told.cause }),
    };
  }

  #nothing(): LiveFacts {
    return {
      running: {
        kind: 'nothing',
        ...(this.#gone !== undefined && { since: this.#gone }),
        ...(this.#last !== undefined && { last: this.#last }),
      },
      health: { kind: 'not-deployed' },
      drift: { kind: 'none' },
    };
  }
}

/** Of the Deployments that something applied; where nothing did, it is not known what was wanted. */
const maxShown = 10;

function driftOf(
  drifts: readonly ReadDrift['drift'][],
  source: string,
): DeliveryDrift {
  const known = drifts.flatMap(drift =>
    drift.kind === 'unapplied' ? [] : [drift],
  );
  if (known.length === 0) return { kind: 'unknown', source };
  const drifted = known.flatMap(drift =>
    drift.kind === 'drifted' ? [drift] : [],
  );
  const leftAlone = known.flatMap(leftAloneIn).slice(0, maxShown);
  const left = leftAlone.length > 0 ? { leftAlone } : {};
  if (drifted.length === 0) return { kind: 'none', ...left };
  const fields = drifted.flatMap(drift => drift.fields);
  const omitted = drifted.reduce((sum, drift) => sum + drift.omitted, 0);
  return {
    kind: 'drifted',
    fields: fields.slice(0, maxShown),
    omitted: omitted + Math.max(0, fields.length - maxShown),
    ...left,
  };
}
