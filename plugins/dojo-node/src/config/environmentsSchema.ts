import {
  DeploymentMode,
  deploymentModeSchema,
  isDojoError,
} from 'backstage-plugin-dojo-common';
import { parseFreezeWindow } from 'dojo-portal-core/deploy';
import { z } from 'zod/v3';
import { canBeOneFile } from './canBeOneFile';
import { databaseFileSchema } from './databaseFile';
import { eachOnce } from './eachOnce';

const text = z.string().trim().min(1, 'must not be empty');

/** As the engine reads it, so that a window that it would not understand stops the start and no deployment. */
const freezeWindow = text.superRefine((window, context) => {
  try {
    parseFreezeWindow(window);
  } catch (error) {
    if (!isDojoError(error)) throw error;
    context.addIssue({
      code: z.ZodIssueCode.custom,
      message: `${error.message}. ${error.hint}`,
    });
  }
});

const modeSchema = deploymentModeSchema.superRefine((mode, context) => {
  if (mode !== 'apply') return;
  context.addIssue({
    code: z.ZodIssueCode.custom,
    message:
      'apply is not there yet: use commit or pull-request, and let Argo CD, Flux or kubectl apply what landed',
  });
});

const namespaceSchema = text
  .regex(
    /^(?:[a-z0-9-]|\{component\}|\{environment\})+$/,
    'must be lower-case letters, digits and hyphens, with {component} and {environment}',
  )
  .refine(
    namespace => namespace.includes('{component}'),
    'must contain {component}, since each component has a claim of the same name',
  );

const environmentSchema = (rootDir: string) =>
  z
    .object({
      name: z
        .string()
        .regex(
          /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
          'must be a name such as dev: lower-case letters, digits and dashes',
        ),
      database: z
        .object({ file: databaseFileSchema(rootDir) })
        .strict()
        .optional(),
      cluster: text.optional(),
      namespace: namespaceSchema.optional(),
      mode: modeSchema.optional(),
      promotesFrom: text.optional(),
      approval: z.boolean().optional(),
      freeze: z.array(freezeWindow).max(100).optional(),
    })
    .strict()
    .superRefine(ensureApproved);

type WrittenEnvironment = z.output<ReturnType<typeof environmentSchema>>;

/** `dojo.environments` as it is written; `rootDir` is what relative paths of databases are relative to. */
export const environmentsSchema = (rootDir: string) =>
  z
    .array(environmentSchema(rootDir))
    .default([])
    .superRefine(eachOnce('name'))
    .superRefine(eachDatabaseOnce)
    .superRefine(ensurePromotions);

/** A commit on the branch that is applied asks nobody. */
function ensureApproved(
  { approval, mode }: { approval?: boolean; mode?: DeploymentMode },
  context: z.RefinementCtx,
): void {
  if (!approval || mode === undefined || mode === 'pull-request') return;
  context.addIssue({
    code: z.ZodIssueCode.custom,
    path: ['mode'],
    message: 'must be pull-request where approval is true',
  });
}

/** Who may change one environment must not change another with it. */
function eachDatabaseOnce(
  environments: readonly WrittenEnvironment[],
  context: z.RefinementCtx,
): void {
  for (const [index, { database }] of environments.entries()) {
    const other = environments
      .slice(0, index)
      .find(
        before =>
          database &&
          before.database &&
          canBeOneFile(before.database.file, database.file),
      );
    if (other === undefined) continue;
    context.addIssue({
      code: z.ZodIssueCode.custom,
      path: [index, 'database', 'file'],
      message: `can name a database of ${other.name} too: give each environment a folder of its own`,
    });
  }
}

/** A version has to begin somewhere: what an environment promotes from is there, and is not reached through itself. */
function ensurePromotions(
  environments: readonly WrittenEnvironment[],
  context: z.RefinementCtx,
): void {
  const from = new Map(
    environments.map(({ name, promotesFrom }) => [name, promotesFrom]),
  );
  for (const [index, { name, promotesFrom }] of environments.entries()) {
    if (promotesFrom === undefined) continue;
    const problem = (message: string) =>
      context.addIssue({
        code: z.ZodIssueCode.custom,
        path: [index, 'promotesFrom'],
        message,
      });
    if (!from.has(promotesFrom)) {
      problem(`there is no environment ${promotesFrom}`);
      continue;
    }
    let at: string | undefined = promotesFrom;
    for (let steps = 0; at !== undefined && at !== name; steps++) {
      // A circle that others make is theirs to be told of.
      at = steps > environments.length ? undefined : from.get(at);
    }
    if (at === name)
      problem(`leads back to ${name}, so that no version could get in`);
  }
}
