import { dirname, normalize, resolve } from 'node:path';
import { parseEntityRef } from '@backstage/catalog-model';
import { z } from 'zod/v3';
import { environmentErrors } from '../errors/environmentErrors';

/** What stands for a name in the path of a database. */
export const placeholders = ['{component}', '{namespace}'];

/**
 * `dojo.environments[].database.file` as it is written, made absolute. It must tell components apart: a file that two
 * of them shared would be migrated by the files of both.
 */
export const databaseFileSchema = (rootDir: string) =>
  z
    .string()
    .trim()
    // `{component}/..` tells nothing apart.
    .transform(file => normalize(file))
    .superRefine((file, context) => {
      const problem = problemOf(file);
      if (problem !== undefined) {
        context.addIssue({ code: z.ZodIssueCode.custom, message: problem });
      }
    })
    .transform(file => resolve(rootDir, file));

function problemOf(file: string): string | undefined {
  const unknown = (file.match(/\{[^}]*\}/g) ?? []).find(
    placeholder => !placeholders.includes(placeholder),
  );
  if (unknown !== undefined) {
    return `knows no ${unknown}, only ${placeholders.join(' and ')}`;
  }
  if (!file.includes('{component}')) {
    return 'must contain {component}, since each component has a database of its own';
  }
  if (/\p{Cc}/u.test(file)) return 'must not contain a line break';
  return tellsNamespacesApart(file)
    ? undefined
    : 'must have a / between {namespace} and {component}: a-b of c and b of c-a would share a database';
}

/** Where no part has only one of the two, `{namespace}-{component}` reads `c-a-b` in two ways. */
function tellsNamespacesApart(file: string): boolean {
  if (!file.includes('{namespace}')) return true;
  return file
    .split('/')
    .some(
      part => part.includes('{namespace}') !== part.includes('{component}'),
    );
}

/** The folder above all that a name is put into: of the path, it is what the configuration alone decides. */
export function fixedFolderOf(file: string): string {
  return dirname(`${file.slice(0, file.indexOf('{'))}x`);
}

/** What a name may be that becomes a part of a path: never `.` or `..`, never option-like, never with a separator. */
const namePattern = /^[a-z0-9][a-z0-9._-]{0,62}$/;

/**
 * The database of a component.
 *
 * @param file - absolute, with placeholders
 * @param ref - complete entity ref, in lower case as `stringifyEntityRef` gives it
 * @throws DojoError `COMPONENT_NAME_UNFIT`, `DATABASE_NAMESPACE_MISSING`.
 */
export function toDatabaseFile(file: string, ref: string): string {
  const { name, namespace } = parseEntityRef(ref);
  if (!namePattern.test(name) || !namePattern.test(namespace)) {
    throw environmentErrors.componentNameUnfit(ref);
  }
  if (namespace !== 'default' && !file.includes('{namespace}')) {
    throw environmentErrors.namespaceMissing(ref);
  }
  return file
    .replaceAll('{component}', name)
    .replaceAll('{namespace}', namespace);
}
