import { z } from 'zod/v3';
import { fileDiffSchema, spliceSchema } from '../file-change';
import { plannedEffectSchema } from '../planned-effect';
import { plannedCommitSchema } from './commit-verdict';
import { movingTagSchema, releaseRequestSchema } from './release-request';

const oid = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** One file of the release commit. `before` is the blob it applies to; absent: the file is created. */
const fileEditSchema = z.object({
  path: z.string(),
  before: oid.optional(),
  mode: z.enum(['100644', '100755']),
  splices: z.array(spliceSchema),
});
export type FileEdit = z.infer<typeof fileEditSchema>;

const plannedImageSchema = z.object({
  repository: z.string(),
  digest,
  mediaType: z.string(),
  sourceTag: z.string(),
});
export type PlannedImage = z.infer<typeof plannedImageSchema>;

const gitIdentitySchema = z.object({
  name: z.string(),
  email: z.string(),
});
export type GitIdentity = z.infer<typeof gitIdentitySchema>;

/**
 * What a version tag promises beyond the tag itself: its image tags and its forge release. The newest tag's open
 * promises are settled before (or without) a new release; see docs/explanation/release.md "Nothing half done".
 */
const promiseSchema = z.object({
  version: z.string(),
  tag: z.string(),
  /** The release commit that the tag names. */
  commit: oid,
  notes: z.string(),
  image: plannedImageSchema.optional(),
  /** Exact tag names, such as `latest`, `1`, `1.4`; empty unless this is the highest stable version. */
  movingTags: z.array(z.string()),
  forgeRelease: z.boolean(),
});
export type ReleasePromise = z.infer<typeof promiseSchema>;

/** What is released: all that makes the new commit, tag, image tag and forge release what they are. */
const newReleaseSchema = z.object({
  version: z.string(),
  tag: z.string(),
  date: z.string(),
  notes: z.string(),
  edits: z.array(fileEditSchema),
  author: gitIdentitySchema,
  image: plannedImageSchema.optional(),
  movingTags: z.array(z.string()),
  forgeRelease: z.boolean(),
});
export type NewRelease = z.infer<typeof newReleaseSchema>;

/** The deciding half of the plan; `planHash` is the SHA-256 of its canonical JSON (RFC 8785 order of keys). */
const releaseDecidesSchema = z.object({
  repository: z.string(),
  branch: z.string(),
  base: oid,
  /** Open promises of the newest tag, settled first; absent: none are open. */
  finish: promiseSchema.optional(),
  /** Absent: nothing to release. */
  release: newReleaseSchema.optional(),
  request: releaseRequestSchema
    .pick({
      bump: true,
      preid: true,
      squash: true,
      changelog: true,
      forgeRelease: true,
      tagPrefix: true,
      path: true,
    })
    .extend({ movingTags: z.array(movingTagSchema) }),
});
export type ReleaseDecides = z.infer<typeof releaseDecidesSchema>;

/** What each way to bump would come to; one that makes no version is left out. */
const releaseVersionChoicesSchema = z.object({
  auto: z.string().optional(),
  major: z.string().optional(),
  minor: z.string().optional(),
  patch: z.string().optional(),
  prerelease: z.string().optional(),
});
export type ReleaseVersionChoices = z.infer<typeof releaseVersionChoicesSchema>;

/** What a reader needs beside the decision; changes nothing. */
const releaseShowsSchema = z.object({
  previousVersion: z.string().optional(),
  previousTag: z.string().optional(),
  /** One sentence: why this version, or why nothing is to release. */
  reason: z.string(),
  /** The latest release, where the new version is below it. */
  staysLatest: z.string().optional(),
  /** Absent where an older version of the engine planned. */
  choices: releaseVersionChoicesSchema.optional(),
  /** Newest first. */
  commits: z.array(plannedCommitSchema),
  /** Page of all that came since the previous version. */
  compareUrl: z.string().optional(),
  /** Set where there are more commits than a plan shows: how many older ones are left out of the list, not of the plan. */
  omittedCommits: z.number().int().positive().optional(),
  /** Set where history was capped: how many commits were read. */
  cappedAt: z.number().int().positive().optional(),
  diffs: z.array(fileDiffSchema),
  effects: z.array(plannedEffectSchema),
  warnings: z.array(z.string()),
  /** The newest release as it stands, for `already-released` and `nothing-to-release`. */
  newest: z
    .object({
      version: z.string(),
      tag: z.string(),
      commit: oid,
      notes: z.string(),
      imageDigest: digest.optional(),
      releaseUrl: z.string().optional(),
    })
    .optional(),
});
export type ReleaseShows = z.infer<typeof releaseShowsSchema>;

/** The plan of a release: the dry run, the review page, `--json` and the agent's answer are all this value. */
export const releasePlanSchema = z.object({
  kind: z.enum(['release', 'already-released', 'nothing-to-release']),
  decides: releaseDecidesSchema,
  shows: releaseShowsSchema,
});
export type ReleasePlan = z.infer<typeof releasePlanSchema>;
