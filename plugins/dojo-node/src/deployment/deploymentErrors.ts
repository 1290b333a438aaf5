import { DojoError } from 'backstage-plugin-dojo-common';

/** The errors of deployments that are known before anything of a repository is read. */
export const deploymentErrors = {
  /** There is no repository that its overlays could be in. */
  infraMissing: (ref: string) =>
    new DojoError({
      code: 'INFRA_MISSING',
      kind: 'refused',
      message: `where the overlays of ${ref} are is not configured`,
      hint: 'Set dojo.infra.repository in app-config.yaml to the git repository that holds the overlays.',
    }),
  /** Two components would share an overlay, and its cluster's namespace. */
  namespaceOther: (ref: string) =>
    new DojoError({
      code: 'DEPLOYMENT_NAMESPACE_OTHER',
      kind: 'refused',
      message: `${ref} is not in the namespace default, and the paths of overlays tell no namespaces of the catalog apart`,
      hint: 'Deploy components of the namespace default.',
    }),
  /** Its objects could not have the name. */
  nameUnfit: (ref: string) =>
    new DojoError({
      code: 'DEPLOYMENT_NAME_UNFIT',
      kind: 'refused',
      message: `the name of ${ref} cannot be part of a name in a cluster`,
      hint: 'Names of components that are deployed are lower-case letters, digits and dashes, at most 63.',
    }),
  /** A forge with pages of its own has it, with whoever may merge there. */
  mergedElsewhere: (component: string, environment: string) =>
    new DojoError({
      code: 'DEPLOYMENT_MERGED_ELSEWHERE',
      kind: 'refused',
      message: `a change of ${component} in ${environment} is merged on its own forge, not here`,
      hint: 'Merge its pull request there; the deployment that asked for it links to it.',
    }),
};
