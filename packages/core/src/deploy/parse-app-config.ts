import { listProblems } from 'backstage-plugin-dojo-common';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod/v3';
import { deployErrors } from './deploy-errors';

/** UTF-16 code units; and aliases, which may make much of little. */
const maxLength = 1024 * 1024;
const maxAliases = 100;

/**
 * What a schema reads of the text of an app-config.yaml.
 *
 * @param path - for messages.
 * @throws DojoError DEPLOY_CONFIG_INVALID.
 */
export function parseAppConfig<TSchema extends z.ZodTypeAny>(
  text: string,
  schema: TSchema,
  path: string,
): z.output<TSchema> {
  const invalid = (problems: readonly string[]) =>
    deployErrors.configInvalid(path, problems);
  if (text.length > maxLength) {
    throw invalid([`it has more than ${maxLength} characters`]);
  }
  const document = parseDocument(text, {
    lineCounter: new LineCounter(),
    logLevel: 'silent',
  });
  const [error] = document.errors;
  if (error) throw invalid([error.message.split('\n')[0]]);
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: maxAliases });
  } catch (cause) {
    throw invalid([(cause as Error).message]);
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) throw invalid(listProblems(parsed.error));
  return parsed.data;
}
