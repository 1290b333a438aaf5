import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  plannedOverlaySchema,
  refineService,
  serviceFieldsSchema,
  servicePlanHashesSchema,
  ServiceValues,
  serviceValuesSchema,
} from 'backstage-plugin-dojo-common';
import type { DojoService } from 'backstage-plugin-dojo-node';
import { z } from 'zod/v3';
import { parseActionInput } from '../parseActionInput';
import { examples } from './checkService.examples';

const inputSchema = serviceFieldsSchema.extend({
  planHashes: servicePlanHashesSchema
    .optional()
    .describe(
      'Hashes of the plans that were reviewed; with another plan it stops. Default: none was reviewed',
    ),
});

const outputSchema = z.object({
  component: z.string().describe('Entity ref of the component'),
  state: z
    .enum(['missing', 'empty', 'published'])
    .describe(
      'Whether the repository is there: published by an earlier run of this form, empty on its forge, or missing',
    ),
  values: serviceValuesSchema.describe('What the skeleton is rendered with'),
  message: z.string().describe('Message of the first commit'),
  repoUrl: z
    .string()
    .optional()
    .describe("The repository as Backstage's publish actions take it"),
  catalogInfoUrl: z
    .string()
    .optional()
    .describe(
      'Address of its catalog-info.yaml, where it is on a hosted forge',
    ),
  tagUrl: z
    .string()
    .optional()
    .describe('Page of the first release, where it is on a hosted forge'),
  version: z.string().describe('Version of the first release'),
  tag: z.string().describe('Tag of the first release'),
  releases: z
    .boolean()
    .describe(
      'Whether the first release is made or finished; false where commits came after it',
    ),
  migrates: z
    .string()
    .optional()
    .describe('Environment whose database the portal makes'),
  first: plannedOverlaySchema
    .optional()
    .describe('The overlay that the first release is deployed to'),
  prepared: z
    .array(plannedOverlaySchema)
    .describe('The overlays of the other environments'),
  summary: z.string().describe('What is made, in one sentence'),
  done: z
    .string()
    .describe('What there is after the last step, in sentences of Markdown'),
});

/**
 * `dojo:check-service`: the first step of a new service (docs/reference/actions.md). It writes nothing: run again it says
 * what an earlier run left to be done.
 *
 * @public
 */
export function createCheckServiceAction(options: {
  dojo: Pick<DojoService, 'services'>;
}) {
  const { dojo } = options;
  return createTemplateAction({
    id: 'dojo:check-service',
    description:
      'Checks what is asked of a new service against catalog, forge and overlays, and says what its other steps need. Writes nothing.',
    examples,
    supportsDryRun: true,
    schema: { input: () => inputSchema, output: () => outputSchema },
    async handler(ctx) {
      const { planHashes, ...fields } = parseActionInput(
        inputSchema.superRefine(refineService),
        ctx.input,
        'dojo:check-service',
      );
      const checked = await dojo.services.check(
        { fields, ...(planHashes && { planHashes }) },
        {
          credentials: await ctx.getInitiatorCredentials(),
          signal: ctx.signal ?? new AbortController().signal,
        },
      );
      const { plan, state, values, message, repoUrl } = checked;
      const { version, tag, migrates } = plan.release.decides;
      const { overlays } = plan.overlays.decides;
      ctx.logger.info(plan.shows.reason);
      for (const warning of plan.shows.warnings) ctx.logger.warn(warning);
      if (state === 'published') {
        ctx.logger.info(
          `${values.repository} was made by an earlier run of this form: what is open is finished`,
        );
      }
      ctx.output('component', plan.component);
      ctx.output('state', state);
      ctx.output('values', values);
      ctx.output('message', message);
      if (repoUrl !== undefined) ctx.output('repoUrl', repoUrl);
      ctx.output('version', version);
      ctx.output('tag', tag);
      ctx.output('releases', !checked.isPastRelease);
      if (migrates !== undefined) ctx.output('migrates', migrates);
      const first = overlays.find(each => each.version !== undefined);
      if (first) ctx.output('first', first);
      ctx.output(
        'prepared',
        overlays.filter(each => each.version === undefined),
      );
      ctx.output('summary', plan.shows.reason);
      for (const [name, url] of Object.entries(pagesOf(values, tag))) {
        ctx.output(name as keyof ReturnType<typeof pagesOf>, url);
      }
      const place = first ? `in ${first.environment}` : 'released';
      ctx.output(
        'done',
        `${values.name} ${version} is ${place}.\n\nRepository \`${values.repository}\`, tag \`${tag}\`.`,
      );
    },
  });
}

/** Addresses on the repository's own forge; a local one has no pages. */
function pagesOf(
  { forge, repository }: ServiceValues,
  tag: string,
): { catalogInfoUrl?: string; tagUrl?: string } {
  if (forge === 'local') return {};
  const base = forge === 'gitlab' ? `${repository}/-` : repository;
  return {
    catalogInfoUrl: `${base}/blob/main/catalog-info.yaml`,
    tagUrl: `${base}/releases/${forge === 'github' ? 'tag/' : ''}${tag}`,
  };
}
