import { z } from 'zod/v3';
import { planHashSchema } from '../plan-hash';
import { awaitedReleaseSchema } from './awaited-release';
import { parseBaseAddress } from './base-address';

/** Longest name of an object, and value of a label (Kubernetes, "Object Names and IDs": RFC 1123 label). */
const maxName = 63;

const nameSchema = z
  .string()
  .max(maxName)
  .regex(
    /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
    'must be lower-case letters, digits and hyphens, and begin and end with a letter or digit',
  );

/** The name of a tag of the service's repository; never anything that git could take for an option or a range. */
const tagSchema = z
  .string()
  .regex(
    /^(?!-)[A-Za-z0-9._/+-]{1,200}$/,
    'must be the name of a tag: letters, digits and ._/+-',
  )
  .refine(tag => !tag.includes('..'), 'must not hold ..');

/** A Kubernetes quantity of bytes (apimachinery, resource.Quantity), without sign and exponent. */
const sizeSchema = z
  .string()
  .max(30)
  .regex(
    /^(?:0|[1-9]\d*)(?:\.\d+)?(?:[KMGTPE]i|[kMGTPE])?$/,
    'must be a size such as 1Gi',
  )
  .refine(size => !/^0(?:\.0+)?(?:\D|$)/.test(size), 'must be above zero');

const hostSchema = z
  .string()
  .max(253)
  .regex(
    /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/,
    'must be a host name such as ledger.example.com',
  );

const accessModeSchema = z.enum([
  'ReadWriteOnce',
  'ReadOnlyMany',
  'ReadWriteMany',
  'ReadWriteOncePod',
]);

/** How a change of an overlay lands. */
export const deploymentModeSchema = z.enum(['commit', 'pull-request', 'apply']);

/** @public */
export type DeploymentMode = z.infer<typeof deploymentModeSchema>;

const baseSchema = z.string().superRefine((base, context) => {
  const parsed = parseBaseAddress(base);
  if (typeof parsed === 'string') {
    context.addIssue({ code: z.ZodIssueCode.custom, message: parsed });
  }
});

/** Seconds of the longest rollout that is waited for: a day. */
const maxWait = 24 * 60 * 60;

const wishes = ['version', 'promoteFrom', 'rollbackTo', 'prepare'] as const;

/** The fields of {@link deploymentRequestSchema}, without the rules between them: for who adds fields of its own. */
export const deploymentFieldsSchema = z
  .object({
    component: nameSchema.describe('Name of the component'),
    environment: nameSchema.describe('Name of the environment'),
    infra: z
      .string()
      .min(1)
      .describe('URL or path of the git repository that holds the overlays'),
    branch: z
      .string()
      .min(1)
      .optional()
      .describe("Branch of the infra repository; default: the remote's HEAD"),
    base: baseSchema.describe(
      'The Kustomize base of the service: <repository>//<path>',
    ),
    version: tagSchema
      .optional()
      .describe('Tag of the version to deploy, such as v0.3.0'),
    promoteFrom: nameSchema
      .optional()
      .describe('Environment whose version and image are taken over'),
    rollbackTo: tagSchema
      .optional()
      .describe('Version to go back to, or previous'),
    migrate: z
      .boolean()
      .optional()
      .describe(
        'Whether what asks for it brings the database to the level of the version first: a plan then only tells of pending migrations, and a run is refused by them all the same; default: false',
      ),
    prepare: z
      .boolean()
      .optional()
      .describe(
        'Whether the overlay is only prepared, with host and storage and without a version: nothing runs until the first deployment; default: false',
      ),
    restore: z
      .boolean()
      .optional()
      .describe(
        'Whether an overlay that was removed comes back as it was, with the version that is asked for; one that is there stays as it is. Default: false',
      ),
    image: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .describe(
        'Image repository, where the digest of the version is looked up; default: the image stays as the base has it',
      ),
    host: hostSchema
      .optional()
      .describe('Host of the ingress; default: what the overlay has'),
    storage: z
      .object({
        size: sizeSchema,
        class: nameSchema.optional(),
        accessModes: z.array(accessModeSchema).min(1).optional(),
      })
      .strict()
      .optional()
      .describe('The claim dojo-data; default: what the overlay has'),
    mode: deploymentModeSchema
      .optional()
      .describe("How the change lands; default: the environment's, or commit"),
    wait: z
      .number()
      .int()
      .min(1)
      .max(maxWait)
      .optional()
      .describe(
        'Seconds that a rollout may take in mode apply; default: ten minutes',
      ),
    prune: z
      .boolean()
      .optional()
      .describe(
        'Whether objects that the overlay made before, and makes no more, are deleted in mode apply; default: false. Claims never are',
      ),
    confirmPrune: z
      .boolean()
      .optional()
      .describe(
        'Whether more than 30 % of the objects may be deleted at once; default: false',
      ),
    conflicts: z
      .enum(['refuse', 'takeover'])
      .optional()
      .describe(
        'What happens to fields that somebody else owns in mode apply; default: refuse',
      ),
    onFailure: z
      .enum(['leave', 'rollback'])
      .optional()
      .describe(
        'What happens after a rollout that fails in mode apply; default: leave',
      ),
    afterRelease: planHashSchema
      .optional()
      .describe(
        'planHash of the release that makes the version; a tag that another one made is refused. Default: whoever made it',
      ),
    awaited: awaitedReleaseSchema
      .optional()
      .describe(
        'What that release will make, for a plan before it is made; default: it is made',
      ),
  })
  .strict();

type Fields = z.output<typeof deploymentFieldsSchema>;

/** The rules between what a person chooses and the environment. */
export function refineDeploymentChoices(
  request: Pick<
    Fields,
    (typeof wishes)[number] | 'environment' | 'afterRelease' | 'restore'
  >,
  context: z.RefinementCtx,
): void {
  const isWished = (name: (typeof wishes)[number]) =>
    request[name] !== undefined && request[name] !== false;
  if (wishes.filter(isWished).length !== 1) {
    addProblem(
      context,
      'version',
      `exactly one of ${wishes.join(', ')} is needed`,
    );
  }
  if (request.promoteFrom === request.environment) {
    addProblem(context, 'promoteFrom', 'must be another environment');
  }
  if (request.restore && request.version === undefined) {
    addProblem(context, 'restore', 'is for a version alone');
  }
  if (request.afterRelease !== undefined && request.version === undefined) {
    addProblem(context, 'afterRelease', 'is for a version alone');
  }
}

/** The rules between the fields of a request. */
export function refineDeployment(
  request: Fields,
  context: z.RefinementCtx,
): void {
  refineDeploymentChoices(request, context);
  const { component, environment, awaited, afterRelease } = request;
  if (awaited?.head !== undefined && afterRelease === undefined) {
    addProblem(context, 'afterRelease', 'is needed with awaited.head');
  }
  if (`${component}-${environment}`.length > maxName) {
    addProblem(
      context,
      'environment',
      `makes the namespace ${component}-${environment}, which is longer than ${maxName} characters`,
    );
  }
}

function addProblem(
  context: z.RefinementCtx,
  path: string,
  message: string,
): void {
  context.addIssue({ code: z.ZodIssueCode.custom, path: [path], message });
}

/** The engine's request of a deployment. In Backstage all places come from the component's annotations and the configuration. */
export const deploymentRequestSchema =
  deploymentFieldsSchema.superRefine(refineDeployment);

export type DeploymentRequestInput = z.input<typeof deploymentRequestSchema>;
export type DeploymentRequest = z.output<typeof deploymentRequestSchema>;
