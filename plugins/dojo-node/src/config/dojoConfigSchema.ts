import { z } from 'zod/v3';
import { repositoryName } from '../component/repositoryName';
import { eachOnce } from './eachOnce';
import { environmentsSchema } from './environmentsSchema';
import type { EnvironmentsSurroundings } from './environmentsSchema';

const text = z.string().trim().min(1, 'must not be empty');
const host = text.regex(
  /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i,
  'must be a host such as ghcr.io or registry.acme.org:5000, without a scheme or a path',
);

const registrySchema = z
  .object({
    host,
    // May be empty: a secret that is not there is no reason not to start.
    username: z.string().trim().optional(),
    password: z.string().trim().optional(),
    plainHttp: z.boolean().default(false),
  })
  .strict();

const gitSchema = z
  .object({
    author: z
      .object({
        // What git itself cannot hold in a name or an address.
        name: text.regex(
          /^[^<>\r\n\0]*$/,
          'must not contain <, > or a line break',
        ),
        email: text.regex(/^[^<>\s\0]*$/, 'must not contain <, > or a space'),
      })
      .strict()
      .default({ name: 'Dojo Portal', email: 'dojo-portal@localhost' }),
    allowedHosts: z.array(host).default([]),
  })
  .strict();

/** Said as names of repositories are, so that it is compared with them. */
const repositoryPattern = text.transform((pattern, context) => {
  const name = repositoryName(pattern);
  if (name !== undefined) return name;
  context.addIssue({
    code: z.ZodIssueCode.custom,
    message: 'must be a repository such as https://github.com/acme/* or file:*',
  });
  return z.NEVER;
});

const allowedPlaces = (pattern: z.ZodType<string, z.ZodTypeDef, string>) =>
  z
    .array(
      z
        .object({
          pattern,
          owner: text
            .regex(
              /^[a-zA-Z]+:[^/:]+\/[^/:]+$/,
              'must be a whole entity ref such as group:default/accounting',
            )
            .transform(ref => ref.toLowerCase())
            .optional(),
        })
        .strict(),
    )
    .default([]);

const allowSchema = z
  .object({
    repositories: allowedPlaces(repositoryPattern),
    images: allowedPlaces(text),
    infra: allowedPlaces(repositoryPattern),
  })
  .strict();

const plansSchema = z
  .object({
    atOnce: z.number().int().min(1).max(64).default(4),
    memoryMegabytes: z.number().int().min(128).max(65_536).default(384),
    seconds: z.number().int().min(1).max(600).default(30),
  })
  .strict();

const migrationsSchema = z
  .object({
    memoryMegabytes: z.number().int().min(64).max(1_048_576).default(1_024),
    spillMegabytes: z.number().int().min(1).max(104_857_600).default(4_096),
  })
  .strict();

/** Where overlays are; annotations of components may name others where `dojo.allow.infra` permits it. */
const infraSchema = z
  .object({
    repository: text.refine(
      repository => repositoryName(repository) !== undefined,
      'must be a repository such as https://github.com/acme/infra.git or file:infra.git',
    ),
    branch: text.optional(),
  })
  .strict();

/** Whose figures are shown, and what counts as a failure. */
const metricsSchema = z
  .object({
    environment: text.optional(),
    hotfixWindow: z
      .union([z.literal('0'), z.literal(0), text])
      .transform((window, context) => {
        const milliseconds = durationMs(String(window));
        if (milliseconds !== undefined) return milliseconds;
        context.addIssue({
          code: z.ZodIssueCode.custom,
          message: 'must be a time such as 24h, 90m or 2d, or 0 for never',
        });
        return z.NEVER;
      })
      .default('24h'),
  })
  .strict();

/** Who may tell of pushes, by the secret that the forge was given too. */
const webhooksSchema = z
  .object({
    github: z.object({ secret: webhookSecret() }).strict().optional(),
    gitlab: z.object({ secret: webhookSecret() }).strict().optional(),
  })
  .strict();

/** Anybody may try: a short one is found. */
function webhookSecret() {
  return z.string().min(16, 'must have at least 16 characters');
}

const unitMs: Record<string, number> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

function durationMs(written: string): number | undefined {
  if (written === '0') return 0;
  const [, count, unit] = /^(\d{1,4})([mhd])$/.exec(written) ?? [];
  return count === undefined ? undefined : Number(count) * unitMs[unit!]!;
}

const kustomizeSchema = z.object({ command: text.optional() }).strict();

/** False takes it back in a later file: Backstage drops null, and merges objects. */
const orFalse = <TSchema extends z.ZodTypeAny>(schema: TSchema) =>
  z.preprocess(value => (value === false ? undefined : value), schema);

const dojoSchema = (surroundings: EnvironmentsSurroundings) =>
  z
    .object({
      localForge: orFalse(z.object({ root: text }).strict().optional()),
      git: gitSchema.default({}),
      allow: allowSchema.default({}),
      plans: plansSchema.default({}),
      migrations: migrationsSchema.default({}),
      registries: z
        .array(registrySchema)
        .default([])
        .superRefine(eachOnce('host')),
      infra: orFalse(infraSchema.optional()),
      kustomize: kustomizeSchema.default({}),
      environments: environmentsSchema(surroundings),
      metrics: metricsSchema.default({}),
      webhooks: webhooksSchema.default({}),
    })
    .strict()
    .superRefine(({ environments, metrics }, context) => {
      const { environment } = metrics;
      if (environment === undefined) return;
      if (environments.some(({ name }) => name === environment)) return;
      context.addIssue({
        code: z.ZodIssueCode.custom,
        path: ['metrics', 'environment'],
        message: `there is no environment ${environment}`,
      });
    });

/** Our part of app-config.yaml as it is written; docs/reference/configuration.md. */
export const dojoConfigSchema = (surroundings: EnvironmentsSurroundings) =>
  z.object({ dojo: dojoSchema(surroundings).default({}) });
