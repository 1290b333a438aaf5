import { z } from 'zod/v3';
import { fileDiffSchema, spliceSchema } from '../file-change';
import { plannedEffectSchema } from '../planned-effect';
import { deploymentBlockSchema } from './deployment-block';
import { deploymentFindingSchema } from './deployment-finding';
import { deploymentModeSchema } from './deployment-request';
import { objectDiffSchema } from './object-diff';

const oid = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** An entry of `images`, as far as it says what runs. */
const imagePinSchema = z.object({
  /** What the base calls the image. */
  name: z.string(),
  newName: z.string().optional(),
  newTag: z.string().optional(),
  digest: digest.optional(),
});
export type ImagePin = z.infer<typeof imagePinSchema>;

/** What an overlay says of the version that runs. */
const deployedVersionSchema = z.object({
  /** Tag of the base, as its comment names it; absent: no comment does. */
  tag: z.string().optional(),
  /** Commit of the base. */
  commit: z.string(),
  images: z.array(imagePinSchema),
});
export type DeployedVersion = z.infer<typeof deployedVersionSchema>;

/** Names an object of the environment's namespace. */
const clusterObjectSchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  name: z.string(),
});

/** What mode apply decides for the cluster. */
const clusterDecidesSchema = z.object({
  /** As the configuration calls it, or its host. */
  name: z.string(),
  namespace: z.string(),
  /** The objects that are applied. */
  writes: z.array(
    clusterObjectSchema.extend({
      change: z.enum(['created', 'changed']),
      /** SHA-256 of the difference as it is shown: with it what was reviewed is what is written. */
      diff: z.string(),
    }),
  ),
  /** Objects whose fields client-side `kubectl apply` owns, and which are taken over from it first. */
  adopts: z.array(
    clusterObjectSchema.extend({ managers: z.array(z.string()) }),
  ),
  /** The objects that are deleted, each by its UID: another one of the same name is left alone. */
  prunes: z.array(clusterObjectSchema.extend({ uid: z.string() })),
  /** Whether the rollout is waited for. */
  watches: z.boolean(),
  /** Seconds that it may take. */
  wait: z.number().int().positive(),
  /** Whether fields are taken from whoever owns them. */
  takeover: z.boolean(),
  onFailure: z.enum(['leave', 'rollback']),
});
export type ClusterDecides = z.infer<typeof clusterDecidesSchema>;

/** The deciding half of the plan; `planHash` is the SHA-256 of its canonical JSON. The head of the infra repository is not part of it. */
const deploymentDecidesSchema = z.object({
  infra: z.string(),
  branch: z.string(),
  component: z.string(),
  environment: z.string(),
  mode: deploymentModeSchema,
  intent: z.enum(['version', 'promotion', 'rollback', 'prepare']),
  /** `<component>/<environment>` */
  folder: z.string(),
  /** Tree of the folder that the edits apply to; absent: there is no such folder. */
  before: oid.optional(),
  /**
   * Commit of the infra repository that last changed the folder; absent: none did. With it no two reviews have one hash
   * where the overlay came back to what it was, so that a landing by this hash is always that of this plan.
   */
  since: oid.optional(),
  base: z.string(),
  /** What is to run; absent with intent `prepare` alone: nothing is. */
  version: deployedVersionSchema.optional(),
  /**
   * The release that makes the version. With it `planHash` is taken with zeros in place of the commit that it makes, so that
   * the plan before the release and the run after it have one hash.
   */
  release: z.object({ plan: z.string() }).optional(),
  /** Empty: the overlay is as wished already. */
  edits: z.array(
    z.object({
      path: z.string(),
      /** Whether the file is made. */
      created: z.boolean(),
      splices: z.array(spliceSchema),
    }),
  ),
  /** Of mode apply alone. */
  cluster: clusterDecidesSchema.optional(),
  /** Of the git modes: the object of Argo CD or Flux that is waited for; absent: nothing is. */
  sync: z
    .object({
      kind: z.enum(['argo', 'flux']),
      name: z.string(),
      namespace: z.string(),
      /** Seconds that it may take. */
      wait: z.number().int().positive(),
    })
    .optional(),
});
export type DeploymentDecides = z.infer<typeof deploymentDecidesSchema>;

/** What a reader needs beside the decision; changes nothing. */
const deploymentShowsSchema = z.object({
  /** One sentence: what happens, or why nothing does. */
  reason: z.string(),
  /** What runs now by the overlay; absent: there is none yet. */
  from: deployedVersionSchema.optional(),
  /** The overlay's files as they change. */
  diffs: z.array(fileDiffSchema),
  /**
   * The objects as they change, Secrets masked: between two renders of the overlay, and in mode apply between what lives
   * and what the API server would make of it.
   */
  objects: z.array(objectDiffSchema),
  /** Of what is rendered after the change; with an error in them nothing is written. */
  findings: z.array(deploymentFindingSchema),
  /**
   * The rules that hold it back now, a freeze window among them; a run is refused by the first. Absent: none does.
   */
  blocks: z.array(deploymentBlockSchema).optional(),
  /** The freeze window that holds it back now: what `blocks` says too, as fields. */
  frozen: z.object({ window: z.string(), until: z.string() }).optional(),
  effects: z.array(plannedEffectSchema),
  /** Page of the request that is open on the forge already; absent: none is. */
  openRequestUrl: z.string().optional(),
  warnings: z.array(z.string()),
  /** Commit of the infra repository that it was read at; absent: the repository is empty. */
  head: oid.optional(),
  /** What last changed the overlay, and the name of who did; absent: nothing did. */
  lastChange: z.object({ commit: oid, by: z.string() }).optional(),
});
export type DeploymentShows = z.infer<typeof deploymentShowsSchema>;

/** The plan of a deployment: the dry run, the review page, `--json` and the agent's answer are all this value. */
export const deploymentPlanSchema = z.object({
  kind: z.enum(['deploy', 'already-deployed', 'nothing-to-deploy']),
  decides: deploymentDecidesSchema,
  shows: deploymentShowsSchema,
});
export type DeploymentPlan = z.infer<typeof deploymentPlanSchema>;
