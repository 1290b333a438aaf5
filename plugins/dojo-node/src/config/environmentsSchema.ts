import {
  DeploymentMode,
  deploymentModeSchema,
  syncSourceSchema,
} from 'backstage-plugin-dojo-common';
import { z } from 'zod/v3';
import type { Clusters } from '../cluster/readClusters';
import { canBeOneFile } from './canBeOneFile';
import { databaseFileSchema } from './databaseFile';
import { eachOnce } from './eachOnce';
import { freezeSchema } from './freezeSchema';

const text = z.string().trim().min(1, 'must not be empty');

/** What {@link environmentsSchema} looks at beside what is written. */
export interface EnvironmentsSurroundings {
  /** What relative paths of databases are relative to. */
  readonly rootDir: string;
  readonly clusters: Clusters;
}

/** The cluster itself in the place of its name, so that one that cannot be used stops the start and no deployment. */
const clusterSchema = (clusters: Clusters) =>
  text.transform((name, context) => {
    const found = clusters.find(name);
    if (typeof found !== 'string') return found;
    context.addIssue({ code: z.ZodIssueCode.custom, message: found });
    return z.NEVER;
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

const environmentSchema = ({ rootDir, clusters }: EnvironmentsSurroundings) =>
  z
    .object({
      name: z
        .string()
        .regex(
          /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
          'must be a name such as dev: lower-case letters, digits and dashes',
        ),
      title: text.max(60).optional(),
      database: z
        .object({ file: databaseFileSchema(rootDir) })
        .strict()
        .optional(),
      cluster: clusterSchema(clusters).optional(),
      namespace: namespaceSchema.optional(),
      mode: deploymentModeSchema.optional(),
      promotesFrom: text.optional(),
      promotedOnly: z.boolean().optional(),
      approval: z.boolean().optional(),
      freeze: freezeSchema.optional(),
      sync: syncSourceSchema.optional(),
    })
    .strict()
    .superRefine(ensureApproved)
    .superRefine(ensureCluster)
    .superRefine(ensureSource)
    .superRefine(ensureSync);

type WrittenEnvironment = z.output<ReturnType<typeof environmentSchema>>;

/** `dojo.environments` as it is written. */
export const environmentsSchema = (surroundings: EnvironmentsSurroundings) =>
  z
    .array(environmentSchema(surroundings))
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

/** There is nothing to apply to. */
function ensureCluster(
  { cluster, mode }: { cluster?: unknown; mode?: DeploymentMode },
  context: z.RefinementCtx,
): void {
  if (mode !== 'apply' || cluster !== undefined) return;
  context.addIssue({
    code: z.ZodIssueCode.custom,
    path: ['mode'],
    message:
      'needs a cluster to apply to: name one of kubernetes.clusterLocatorMethods as cluster',
  });
}

/** Nothing could get in. */
function ensureSource(
  {
    promotedOnly,
    promotesFrom,
  }: { promotedOnly?: boolean; promotesFrom?: string },
  context: z.RefinementCtx,
): void {
  if (!promotedOnly || promotesFrom !== undefined) return;
  context.addIssue({
    code: z.ZodIssueCode.custom,
    path: ['promotedOnly'],
    message: 'needs promotesFrom: it names the environment to promote from',
  });
}

/** It is looked for in the cluster, and two that write the same objects would undo each other's work. */
function ensureSync(
  {
    cluster,
    mode,
    sync,
  }: { cluster?: unknown; mode?: DeploymentMode; sync?: unknown },
  context: z.RefinementCtx,
): void {
  if (sync === undefined) return;
  const problem = (message: string) =>
    context.addIssue({ code: z.ZodIssueCode.custom, path: ['sync'], message });
  if (mode === 'apply') {
    problem('is for the modes commit and pull-request: apply waits by itself');
  } else if (cluster === undefined) {
    problem(
      'needs a cluster to look in: name one of kubernetes.clusterLocatorMethods as cluster',
    );
  }
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
