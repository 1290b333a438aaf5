import { z } from 'zod/v3';
import {
  deploymentFieldsSchema,
  deploymentModeSchema,
} from '../deployment/deployment-request';
import { dojoErrorSchema } from '../dojo-error';
import { planHashSchema } from '../plan-hash';

/** What the skeleton is rendered with; all of them are texts. */
export const serviceValuesSchema = z.object({
  name: z.string(),
  /** The name as Python has it: `_` for `-`. */
  package: z.string(),
  /** Of environment variables: the package in capitals. */
  prefix: z.string(),
  title: z.string(),
  description: z.string(),
  /** Complete entity ref. */
  owner: z.string(),
  /** Name of the system; of another namespace than `default` its entity ref; empty: none. */
  system: z.string(),
  /** Value of the annotation `dojo/repository`. */
  repository: z.string(),
  /** Value of the annotation `dojo/image`. */
  image: z.string(),
  frontend: z.enum(['none', 'vue']),
  forge: z.enum(['local', 'github', 'gitlab']),
  /** Package of the `dojo` command for its CI: `name@version`. */
  dojo: z.string(),
});

/** @public */
export type ServiceValues = z.output<typeof serviceValuesSchema>;

/** The overlay of one environment, as it will be. */
export const plannedOverlaySchema = z.object({
  environment: z.string(),
  /** `<component>/<environment>` */
  folder: z.string(),
  host: z.string().optional(),
  storage: deploymentFieldsSchema.shape.storage,
  mode: deploymentModeSchema,
  /** The version that is deployed there; absent: only namespace, claim and host are prepared. */
  version: z.string().optional(),
});

/** @public */
export type PlannedOverlay = z.output<typeof plannedOverlaySchema>;

const part = <TDecides extends z.ZodTypeAny>(decides: TDecides) =>
  z.object({
    decides,
    /** SHA-256 of the canonical JSON of `decides`. */
    planHash: planHashSchema,
  });

/** The plan of a new service: three plans, each of which can be told by its own hash. */
export const servicePlanSchema = z.object({
  /** Component's entity ref. */
  component: z.string(),
  repository: part(
    z.object({
      values: serviceValuesSchema.omit({ dojo: true }),
      /** SHA-256 of the template's files; absent: they are not on this machine. */
      skeleton: z.string().optional(),
    }),
  ),
  overlays: part(
    z.object({
      /** Repository of the overlays. */
      infra: z.string(),
      overlays: z.array(plannedOverlaySchema),
    }),
  ),
  release: part(
    z.object({
      version: z.string(),
      tag: z.string(),
      /** Environment whose database is made by the portal; absent: none is. */
      migrates: z.string().optional(),
      /** Environment that the release is deployed to; absent: none is. */
      deploys: z.string().optional(),
    }),
  ),
  shows: z.object({
    /** `Creates repository savings.git, 3 overlays and release 0.1.0.` */
    reason: z.string(),
    /** Files of the repository; absent: the template is not on this machine. */
    files: z.number().int().optional(),
    warnings: z.array(z.string()),
  }),
});

/** @public */
export type ServicePlan = z.output<typeof servicePlanSchema>;

/** Why a service cannot be made as it was asked for, and which field of the form says it. */
export const serviceProblemSchema = dojoErrorSchema.extend({
  field: z.string(),
});

/** @public */
export type ServiceProblem = z.output<typeof serviceProblemSchema>;

/** The answer of `POST /api/dojo/plans/service`, and what `dojo:check-service` goes by. */
export const serviceResultSchema = z.object({
  plan: servicePlanSchema,
  /** Of the three plans together. */
  planHash: planHashSchema,
  /**
   * Of the repository. `published`: an earlier run of this very form made it, and what is open is finished. `empty`: it
   * is on its forge, and nothing was pushed to it yet.
   */
  state: z.enum(['missing', 'empty', 'published']),
  /** Whether it has the first release and commits since, so that there is none to make. */
  isPastRelease: z.boolean(),
  /** With one of them nothing is made. */
  problems: z.array(serviceProblemSchema),
});

/** @public */
export type ServiceResult = z.output<typeof serviceResultSchema>;

/** The hashes of the three plans, as a form that was reviewed carries them. */
export const servicePlanHashesSchema = z
  .object({
    repository: planHashSchema,
    overlays: planHashSchema,
    release: planHashSchema,
  })
  .strict();

/** @public */
export type ServicePlanHashes = z.output<typeof servicePlanHashesSchema>;
