import { z } from 'zod/v3';

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
      .superRefine((registries, context) => {
        const seen = new Set<string>();
        for (const [index, { host: name }] of registries.entries()) {
          if (seen.has(name.toLowerCase())) {
            context.addIssue({
              code: z.ZodIssueCode.custom,
              path: [index, 'host'],
              message: `${name} is already there`,
            });
          }
          seen.add(name.toLowerCase());
        }
      }),
  })
  .strict();

/** Our part of app-config.yaml as it is written; docs/reference/configuration.md. */
export const dojoConfigSchema = z.object({ dojo: dojoSchema.default({}) });
