import type { DojoError, ServiceProblem } from 'backstage-plugin-dojo-common';
import type { ServiceToPlan } from './plan-service';
import { serviceErrors } from './service-errors';
import { serviceMark } from './service-mark';

/** Characters of a namespace, at most (Kubernetes, "Object Names and IDs": RFC 1123 label). */
const maxNamespace = 63;

/** Why a service cannot be made as it was asked for, each with the field of the form that says it; all at once. */
export function findProblems(service: ServiceToPlan): ServiceProblem[] {
  const { request, state } = service;
  const { name, owner, system, hosts } = request;
  return [
    ...nameProblems(service),
    ...(state.isOwnerKnown
      ? []
      : [problem('owner', serviceErrors.ownerUnknown(owner))]),
    ...(state.isSystemKnown
      ? []
      : [problem('system', serviceErrors.systemUnknown(system ?? ''))]),
    ...hosts.flatMap(({ environment, host }) => {
      const known = state.environments.map(each => each.name);
      if (!known.includes(environment)) {
        const error = serviceErrors.environmentUnknown(environment, known);
        return [problem('hosts', error)];
      }
      const taken = state.overlays.find(
        overlay =>
          overlay.hosts.includes(host.toLowerCase()) &&
          // Its own overlay may have it: a run that is finished finds it there.
          (overlay.component !== name || overlay.environment !== environment),
      );
      return taken
        ? [problem('hosts', serviceErrors.hostTaken(host, taken))]
        : [];
    }),
    ...storageProblems(service),
    ...state.environments.flatMap(environment =>
      `${name}-${environment.name}`.length > maxNamespace
        ? [problem('name', serviceErrors.nameTooLong(name, environment.name))]
        : [],
    ),
  ];
}

function nameProblems({
  request: { name },
  places,
  values,
  state: { component, repository },
}: ServiceToPlan): ServiceProblem[] {
  const isOurs =
    repository.kind === 'there' && repository.mark === serviceMark(values);
  if (component === 'other' || (component === 'ours' && !isOurs)) {
    return [problem('name', serviceErrors.nameTaken(name))];
  }
  if (repository.kind === 'there' && !isOurs) {
    const why = 'it did not begin with this form';
    const error = serviceErrors.repositoryTaken(places.display, why);
    return [problem('name', error)];
  }
  return [];
}

function storageProblems({
  request: { name, storage },
  state: { overlays },
  toBytes,
}: ServiceToPlan): ServiceProblem[] {
  if (storage === undefined) return [];
  const wished = toBytes(storage.size);
  if (wished === undefined) return [];
  return overlays.flatMap(({ component, environment, storage: held }) =>
    component === name && held !== undefined && held.bytes > wished
      ? [
          problem(
            'storage',
            serviceErrors.storageShrinks(
              `${name}/${environment}`,
              held.written,
              storage.size,
            ),
          ),
        ]
      : [],
  );
}

function problem(field: string, error: DojoError): ServiceProblem {
  return { field, ...error.toJSON() };
}
