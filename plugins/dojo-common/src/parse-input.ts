import type { z } from 'zod/v3';
import { DojoError } from './dojo-error';

/**
 * Reads what a person, a form or an agent wrote, with the schema's defaults. The one way in for every entry point.
 *
 * @param what - what is read, as the message's subject: `dojo:release input`
 * @throws DojoError `INPUT_INVALID` (input) that names every problem at once, as `path: message`.
 * @public
 */
export function parseInput<TSchema extends z.ZodTypeAny>(
  schema: TSchema,
  input: unknown,
  what: string,
): z.output<TSchema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new DojoError({
    code: 'INPUT_INVALID',
    kind: 'input',
    message: `${what} is not valid: ${listProblems(parsed.error).join('; ')}`,
    hint: 'Correct the named fields and try again.',
  });
}

/** A schema's problems as `path: message`, one each. @public */
export function listProblems(error: z.ZodError): string[] {
  return error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
}
