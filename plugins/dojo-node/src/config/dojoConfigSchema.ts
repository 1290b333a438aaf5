import { z } from 'zod/v3';
import { ledgerFileSchema } from './ledgerFile';

const text = z.string().trim().min(1, 'must not be empty');
const host = text.regex(
  /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i,
  'must be a host such as ghcr.io or registry.acme.org:5000, without a scheme or a path',
);

const registrySchema = z
  .object({
    host,
    username: text.optional(),
    password: text.optional(),
    plainHttp: z.boolean().default(false),
  })
  .strict()
  .refine(
    ({ username, password }) =>
      (username === undefined) === (password === undefined),
    'needs both username and password, or neither',
  );

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

const environmentSchema = z
  .object({
    name: z
      .string()
      .regex(
        /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
        'must be a name such as dev: lower-case letters, digits and dashes',
      ),
    database: z.object({ file: ledgerFileSchema }).strict().optional(),
  })
  .strict();

const dojoSchema = z
  .object({
    // False takes it back in a later file: Backstage drops null, and merges objects.
    localForge: z.preprocess(
      value => (value === false ? undefined : value),
      z.object({ root: text }).strict().optional(),
    ),
    git: gitSchema.default({}),
    registries: z
      .array(registrySchema)
      .default([])
      .superRefine(eachOnce(['host'])),
    environments: z
      .array(environmentSchema)
      .default([])
      .superRefine(eachOnce(['name']))
      // Who may change one environment must not change another with it.
      .superRefine(eachOnce(['database', 'file'])),
  })
  .strict();

/** @param path - of the value in each entry; entries without one are left alone */
function eachOnce(path: readonly string[]) {
  return (entries: readonly unknown[], context: z.RefinementCtx): void => {
    const seen = new Set<string>();
    for (const [index, entry] of entries.entries()) {
      const value = path.reduce<unknown>(
        (at, key) => (at as Record<string, unknown> | undefined)?.[key],
        entry,
      );
      if (typeof value !== 'string') continue;
      if (seen.has(value.toLowerCase())) {
        context.addIssue({
          code: z.ZodIssueCode.custom,
          path: [index, ...path],
          message: `${value} is already there`,
        });
      }
      seen.add(value.toLowerCase());
    }
  };
}

/** Our part of app-config.yaml as it is written; docs/reference/configuration.md. */
export const dojoConfigSchema = z.object({ dojo: dojoSchema.default({}) });
