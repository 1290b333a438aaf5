import { parseInput } from 'backstage-plugin-dojo-common';
import { toBackstageError } from 'backstage-plugin-dojo-node';
import type { z } from 'zod/v3';

/**
 * An action's input through the domain's schema. The scaffolder itself checks it against JSON Schema only, which knows
 * neither zod's defaults nor its refinements.
 *
 * @throws InputError that names every problem at once.
 */
export function parseActionInput<TSchema extends z.ZodTypeAny>(
  schema: TSchema,
  input: unknown,
  action: string,
): z.output<TSchema> {
  try {
    return parseInput(schema, input, `input of ${action}`);
  } catch (error) {
    throw toBackstageError(error);
  }
}
