import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Manifest } from './render-kustomization';

const { roots, $defs }: { roots: Record<string, string>; $defs: object } =
  JSON.parse(
    readFileSync(
      join(__dirname, '../__fixtures__/kubernetes-schemas.json'),
      'utf8',
    ),
  );
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
// Quantities and ports are either; the server looks at them again.
ajv.addFormat('int-or-string', true);
ajv.addSchema({ $id: 'kubernetes', $defs });

/** What Kubernetes' own description has against an object: unknown fields too, as fieldValidation=Strict. */
export function schemaProblems(object: Manifest): string[] {
  const root = roots[`${object.apiVersion} ${object.kind}`];
  if (root === undefined)
    return [`no schema of ${object.apiVersion} ${object.kind}`];
  const validate = ajv.compile({ $ref: `kubernetes#/$defs/${root}` });
  validate(object);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${object.kind} ${
        object.metadata.name
      } ${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}
