import { isDojoError } from 'backstage-plugin-dojo-common';
import { parseFreezeWindow } from 'dojo-portal-core/deploy';
import { z } from 'zod/v3';

/** As the engine reads it, so that a window that it would not understand stops the start and no deployment. */
const freezeWindow = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .superRefine((window, context) => {
    try {
      parseFreezeWindow(window);
    } catch (error) {
      if (!isDojoError(error)) throw error;
      context.addIssue({
        code: z.ZodIssueCode.custom,
        message: `${error.message}. ${error.hint}`,
      });
    }
  });

/** `dojo.environments[].freeze` as it is written. */
export const freezeSchema = z.array(freezeWindow).max(100);
