import { isDojoError } from 'backstage-plugin-dojo-common';
import { z } from 'zod/v3';
import type { ReviewRule } from '../deploy/ports';
import type { ForgeClient } from './forge-client';

/** Of a branch's rules, by whichever ruleset. */
const rulesSchema = z.array(
  z.object({
    type: z.string(),
    parameters: z
      .object({ required_approving_review_count: z.number() })
      .partial()
      .nullish(),
  }),
);
const branchSchema = z.object({ protected: z.boolean() });
const protectionSchema = z.object({
  required_pull_request_reviews: z
    .object({ required_approving_review_count: z.number().optional() })
    .nullish(),
});

/**
 * Whether GitHub lets a change into a branch only after an approval, by its rulesets or its classic protection. The latter is
 * told to administrators alone; whatever cannot be read makes it `unknown`.
 *
 * @param path - `/repos/acme/infra`
 * @throws the signal's reason, and nothing else.
 */
export async function readGithubReviewRule(
  client: ForgeClient,
  path: string,
  branch: string,
  signal: AbortSignal,
): Promise<ReviewRule> {
  const name = encodeURIComponent(branch);
  const action = `read the rules of ${branch}`;
  const read = async <T>(
    below: string,
    schema: z.ZodType<T, z.ZodTypeDef, unknown>,
  ): Promise<T | undefined> => {
    try {
      const reply = await client.request(
        { method: 'GET', path: `${path}${below}`, action },
        signal,
      );
      return reply.status === 200
        ? schema.safeParse(reply.json).data
        : undefined;
    } catch (error) {
      signal.throwIfAborted();
      if (isDojoError(error)) return undefined;
      throw error;
    }
  };
  const rules = await read(`/rules/branches/${name}`, rulesSchema);
  const isRuled = rules?.some(
    ({ type, parameters }) =>
      type === 'pull_request' &&
      (parameters?.required_approving_review_count ?? 0) > 0,
  );
  if (isRuled) return 'enforced';
  const held = await read(`/branches/${name}`, branchSchema);
  if (rules === undefined || held === undefined) return 'unknown';
  if (!held.protected) return 'not-enforced';
  const protection = await read(
    `/branches/${name}/protection`,
    protectionSchema,
  );
  if (protection === undefined) return 'unknown';
  const reviews = protection.required_pull_request_reviews;
  return (reviews?.required_approving_review_count ?? 0) > 0
    ? 'enforced'
    : 'not-enforced';
}
