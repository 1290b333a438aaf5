import { DojoError, dojoErrorSchema } from 'backstage-plugin-dojo-common';
import type { DeploymentBlock } from 'backstage-plugin-dojo-common';

/** What a rule of a plan says, as the error that a run ends with. */
export function blockError({
  code,
  message,
  hint,
}: DeploymentBlock): DojoError {
  const json = { code, kind: 'refused', message, hint };
  return new DojoError(dojoErrorSchema.parse(json));
}
