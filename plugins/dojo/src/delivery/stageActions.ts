import type { DeliveryAction } from 'backstage-plugin-dojo-common';
import type { DeliveryAnswer } from './deliveryAnswer';

/** The verbs of the latest release: to reject it. */
export function actionsOfLatest({
  latest,
  actions,
}: DeliveryAnswer): readonly DeliveryAction[] {
  return actions.filter(
    ({ id, version }) =>
      id === 'reject' &&
      latest.kind === 'release' &&
      version === latest.version,
  );
}

/**
 * The verbs of an environment: what is done there, and the rejection of what it has, where that is not the latest release
 * and no environment before it has it. The shipment of a release stands with its release.
 */
export function actionsOfEnvironment(
  name: string,
  { latest, environments, actions }: DeliveryAnswer,
): readonly DeliveryAction[] {
  const latestVersion = latest.kind === 'release' ? latest.version : undefined;
  return actions.filter(({ id, environment, version }) => {
    if (id === 'ship') return false;
    if (environment !== undefined) return environment === name;
    if (id !== 'reject' || version === latestVersion) return false;
    const first = environments.find(
      ({ wanted, running }) =>
        (wanted.kind === 'version' && wanted.version === version) ||
        (running.kind === 'version' && running.version === version),
    );
    return first?.name === name;
  });
}
