import { z } from 'zod/v3';
import { sha256Pattern } from './sha256';

/**
 * The hash of a plan, as its dry run and its review page tell it: SHA-256 of the canonical JSON of what the plan decides.
 * Whoever sends one gets what was reviewed, or a conflict.
 *
 * @public
 */
export const planHashSchema = z
  .string()
  .regex(
    sha256Pattern,
    'must be the planHash of a plan: 64 hexadecimal digits in lower case',
  );
