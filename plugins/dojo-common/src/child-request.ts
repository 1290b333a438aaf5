import { z } from 'zod/v3';
import { deploymentChildRequestSchema } from './deployment/deployment-child-request';
import { databaseStatusChildRequestSchema } from './migration/database-status';
import {
  deploymentMergeChildRequestSchema,
  refineMerge,
} from './deployment/merge-request';
import {
  migrationChildRequestSchema,
  refineMigrations,
} from './migration/migration-child-request';
import { outcomeSchema } from './outcome';
import { releaseChildRequestSchema } from './release/release-child-request';

/** Bytes of a request in UTF-8, at most: many times what the longest one needs. */
export const maxChildRequestBytes = 1024 * 1024;

/**
 * The one JSON document that a child process of the portal (`dojo run-request`) reads from its standard input. `kind` says
 * which capability is asked, and so what it answers: the capability's result, or `{ error }`.
 */
export const childRequestSchema = z
  .discriminatedUnion('kind', [
    migrationChildRequestSchema,
    releaseChildRequestSchema,
    deploymentChildRequestSchema,
    deploymentMergeChildRequestSchema,
    databaseStatusChildRequestSchema,
  ])
  .superRefine((request, context) => {
    if (request.kind === 'migration') refineMigrations(request, context);
    if (request.kind === 'deployment-merge') refineMerge(request, context);
  });

/** @public */
export type ChildRequest = z.output<typeof childRequestSchema>;

/** What a child tells its parent over their channel while it runs: how one effect ended, as soon as it is known. */
export const childNoticeSchema = z.object({ outcome: outcomeSchema });

/** @public */
export type ChildNotice = z.output<typeof childNoticeSchema>;
