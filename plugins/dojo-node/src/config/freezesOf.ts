import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { listProblems } from 'backstage-plugin-dojo-common';
import { z } from 'zod/v3';
import { freezeSchema } from './freezeSchema';

/** Of environments, what is said of freezes. */
const writtenSchema = z.array(
  z.object({ name: z.string(), freeze: freezeSchema.optional() }),
);

const written = (config: Config) =>
  writtenSchema.safeParse(config.getOptional('dojo.environments') ?? []);

/**
 * The freezes of an environment as the configuration has them now: they hold from when they are written, so that nobody
 * starts a portal anew to stop deployments. What cannot be read leaves those before, since a slip must open nothing.
 *
 * @param config - of the backend, which tells when its files change; one that does not is read once
 * @param name - of the environment
 * @param first - what it begins with
 */
export function freezesOf(
  config: Config,
  name: string,
  first: readonly string[] | undefined,
): () => readonly string[] | undefined {
  let known = first;
  let isOld = false;
  config.subscribe?.(() => {
    isOld = true;
  });
  return () => {
    if (isOld) {
      isOld = false;
      const { success, data } = written(config);
      if (success) known = data.find(each => each.name === name)?.freeze;
    }
    return known;
  };
}

/** Says in the log that a change of freezes does not hold, and why. */
export function warnOfFreezes(
  config: Config,
  logger: Pick<LoggerService, 'warn'>,
): void {
  config.subscribe?.(() => {
    const { error } = written(config);
    if (error === undefined) return;
    const problems = listProblems(error).join('; ');
    logger.warn(`the freezes of dojo.environments stay as before: ${problems}`);
  });
}
