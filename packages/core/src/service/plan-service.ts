import type {
  PlannedOverlay,
  ServicePlan,
  ServiceRequest,
  ServiceResult,
  ServiceValues,
} from 'backstage-plugin-dojo-common';
import type { JsonValue } from '../plan/canonical-json';
import { planHash } from '../plan/plan-hash';
import { findProblems } from './find-problems';
import { serviceMark } from './service-mark';
import type { ServicePlaces } from './service-values';
import type { ServiceState } from './service-state';

/** Version of the first release. */
export const firstVersion = '0.1.0';

/** Of the claim of its database; it can be made larger, and never smaller. */
const defaultSize = '1Gi';

/** What a new service is planned from. */
export interface ServiceToPlan {
  readonly request: ServiceRequest;
  readonly places: ServicePlaces;
  readonly values: ServiceValues;
  readonly state: ServiceState;
  /** Bytes of a size such as `2Gi`. */
  readonly toBytes: (size: string) => bigint | undefined;
}

/**
 * The plan of a new service: its repository, its overlays and its first release, each under a hash of its own. What is
 * there already changes none of them, so that a run that is finished later is held to what was reviewed.
 */
export function planService(service: ServiceToPlan): ServiceResult {
  const { request, places, values, state } = service;
  const { dojo: _, ...ownValues } = values;
  const overlays = state.environments.map((environment, at) =>
    overlayOf(request, environment, at === 0),
  );
  const [first] = state.environments;
  const { skeleton } = state;
  const plan: ServicePlan = {
    component: `component:default/${request.name}`,
    repository: part({
      values: ownValues,
      ...(skeleton && { skeleton: skeleton.digest }),
    }),
    overlays: part({ infra: state.infra, overlays }),
    release: part({
      version: firstVersion,
      tag: `v${firstVersion}`,
      ...(first?.migrates && { migrates: first.name }),
      ...(first && { deploys: first.name }),
    }),
    shows: {
      reason: `Creates repository ${places.display}, ${counted(
        overlays.length,
        'overlay',
      )} and release ${firstVersion}.`,
      ...(skeleton && { files: skeleton.files }),
      warnings: warningsOf(service),
    },
  };
  return {
    plan,
    planHash: planHash({
      repository: plan.repository.planHash,
      overlays: plan.overlays.planHash,
      release: plan.release.planHash,
    }),
    state: standingOf(service),
    isPastRelease:
      state.repository.kind === 'there' && state.repository.isPastRelease,
    problems: findProblems(service),
  };
}

function part<TDecides extends JsonValue>(
  decides: TDecides,
): { decides: TDecides; planHash: string } {
  return { decides, planHash: planHash(decides) };
}

function overlayOf(
  { name, hosts, storage }: ServiceRequest,
  { name: environment, mode }: ServiceState['environments'][number],
  isFirst: boolean,
): PlannedOverlay {
  const host = hosts.find(each => each.environment === environment)?.host;
  return {
    environment,
    folder: `${name}/${environment}`,
    mode,
    ...(host !== undefined && { host }),
    storage: storage ?? { size: defaultSize },
    ...(isFirst && { version: firstVersion }),
  };
}

function standingOf({ state, values }: ServiceToPlan): ServiceResult['state'] {
  const { repository } = state;
  if (repository.kind === 'empty') return 'empty';
  const isOurs =
    repository.kind === 'there' && repository.mark === serviceMark(values);
  return isOurs ? 'published' : 'missing';
}

function warningsOf({ state, request }: ServiceToPlan): string[] {
  return [
    ...(state.environments.length === 0
      ? [
          'No environment is configured: the service is released, and deployed nowhere.',
        ]
      : []),
    ...(request.forge === 'local'
      ? []
      : [
          `Its image is built by the CI of ${request.forge}: where the first release comes before it, run the task again.`,
        ]),
  ];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
