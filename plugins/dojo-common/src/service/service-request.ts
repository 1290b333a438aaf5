import { z } from 'zod/v3';
import { deploymentFieldsSchema } from '../deployment/deployment-request';
import { problemOfServiceName } from './service-name';

const { environment, host, storage } = deploymentFieldsSchema.shape;

const nameSchema = z.string().superRefine((name, context) => {
  const problem = problemOfServiceName(name);
  if (problem === undefined) return;
  context.addIssue({ code: z.ZodIssueCode.custom, message: problem });
});

/**
 * Text of one line that goes into YAML, TOML, Nix, Python and Markdown: nothing that any of them would read as more than
 * text. A quote that is alone is one of them.
 */
const lineSchema = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(
      /^[^\p{C}\p{Zl}\p{Zp}"\\$`{}<>]*$/u,
      'must be one line without quotes " and without \\ $ ` { } < >',
    )
    .refine(text => !text.includes("''"), "must not hold ''");

/** `[<kind>:][<namespace>/]<name>` as the catalog reads it; what is left out is filled in. */
const refSchema = (kinds: readonly [string, ...string[]]) =>
  z
    .string()
    .max(200)
    .transform((ref, context) => {
      const [, kind = kinds[0], namespace = 'default', name = ''] =
        /^(?:([a-z]+):)?(?:([a-z0-9]+(?:[-_.][a-z0-9]+)*)\/)?([a-z0-9]+(?:[-_.][a-z0-9]+)*)$/.exec(
          ref.trim().toLowerCase(),
        ) ?? [];
      if (name !== '' && kinds.includes(kind)) {
        return `${kind}:${namespace}/${name}`;
      }
      context.addIssue({
        code: z.ZodIssueCode.custom,
        message: `must be a ${kinds.join(' or a ')} such as ${
          kinds[0]
        }:default/accounting`,
      });
      return z.NEVER;
    });

/** A forge that a new service can be on. */
export const serviceForgeSchema = z.enum(['local', 'github', 'gitlab']);

/** @public */
export type ServiceForge = z.output<typeof serviceForgeSchema>;

/** The fields of {@link serviceRequestSchema}, without the rules between them: for who adds fields of its own. */
export const serviceFieldsSchema = z
  .object({
    name: nameSchema.describe(
      'Name of the service, its repository and its component',
    ),
    title: lineSchema(60)
      .optional()
      .describe(
        'What people call it; default: the name, its words in capitals',
      ),
    description: lineSchema(200)
      .default('')
      .describe('What it is for, in one line'),
    owner: refSchema(['group', 'user']).describe(
      'Entity ref of the group or user that owns it',
    ),
    system: refSchema(['system'])
      .optional()
      .describe('Entity ref of the system that it is part of; default: none'),
    frontend: z
      .enum(['none', 'vue'])
      .default('none')
      .describe('Whether it has a page of its own; default: none'),
    forge: serviceForgeSchema
      .default('local')
      .describe('Where its repository is made; default: the local forge'),
    forgeHost: z
      .string()
      .max(253)
      .regex(
        /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/i,
        'must be a host such as github.com',
      )
      .optional()
      .describe('Host of GitHub or GitLab; default: github.com, gitlab.com'),
    forgeOwner: z
      .string()
      .max(200)
      .regex(
        /^[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/,
        'must be an organisation or a group, such as acme',
      )
      .optional()
      .describe('Organisation or group that the repository belongs to'),
    hosts: z
      .array(z.object({ environment, host: host.unwrap() }).strict())
      .max(50)
      .default([])
      .describe('Hosts of its ingress, by environment; default: no ingress'),
    storage: storage.describe(
      'The claim of its database in each environment; default: 1Gi',
    ),
  })
  .strict();

type Fields = z.output<typeof serviceFieldsSchema>;

/** The rules between the fields of a request. */
export function refineService(request: Fields, context: z.RefinementCtx): void {
  const add = (path: string, message: string) =>
    context.addIssue({ code: z.ZodIssueCode.custom, path: [path], message });
  const { forge, forgeOwner, hosts } = request;
  if (forge !== 'local' && forgeOwner === undefined) {
    add('forgeOwner', `is needed on ${forge}`);
  }
  const environments = hosts.map(each => each.environment);
  if (new Set(environments).size < environments.length) {
    add('hosts', 'must name each environment once');
  }
  const names = hosts.map(each => each.host);
  if (new Set(names).size < names.length) {
    add('hosts', 'must name each host once');
  }
}

/** What a person fills in for a new service (docs/how-to/new-service.md). */
export const serviceRequestSchema =
  serviceFieldsSchema.superRefine(refineService);

/** As written, before defaults. @public */
export type ServiceRequestInput = z.input<typeof serviceRequestSchema>;
/** @public */
export type ServiceRequest = z.output<typeof serviceRequestSchema>;
