/**
 * Makes kubernetes-schemas.json of Kubernetes' own OpenAPI description (Apache-2.0): the kinds that deploy/ has, with all
 * that they refer to, and nothing that only people read.
 *
 *     node make-schemas.mjs <kubernetes>/api/openapi-spec/v3
 */
import { readFileSync, writeFileSync } from 'node:fs';

const [folder] = process.argv.slice(2);
const kinds = {
  api__v1: [
    'ConfigMap',
    'Namespace',
    'PersistentVolumeClaim',
    'Secret',
    'Service',
    'ServiceAccount',
  ],
  apis__apps__v1: ['Deployment', 'StatefulSet'],
  'apis__networking.k8s.io__v1': ['Ingress', 'NetworkPolicy'],
  apis__policy__v1: ['PodDisruptionBudget'],
  'apis__rbac.authorization.k8s.io__v1': [
    'ClusterRole',
    'ClusterRoleBinding',
    'Role',
    'RoleBinding',
  ],
};
const prefix = '#/components/schemas/';
const roots = {};
const $defs = {};

const mapValues = (object, change) =>
  Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, change(value)]),
  );

function prune(schema) {
  if (Array.isArray(schema)) return schema.map(prune);
  if (typeof schema !== 'object' || schema === null) return schema;
  const pruned = {};
  for (const [key, value] of Object.entries(schema)) {
    if (['description', 'default'].includes(key)) continue;
    if (key.startsWith('x-')) continue;
    if (key === '$ref') pruned.$ref = value.replace(prefix, '#/$defs/');
    // The names in `properties` are the objects', not keywords.
    else if (key === 'properties') pruned[key] = mapValues(value, prune);
    else pruned[key] = prune(value);
  }
  // As the API server judges with fieldValidation=Strict.
  if (pruned.properties) pruned.additionalProperties = false;
  return pruned;
}

for (const [file, names] of Object.entries(kinds)) {
  const { schemas } = JSON.parse(
    readFileSync(`${folder}/${file}_openapi.json`, 'utf8'),
  ).components;
  const add = name => {
    if ($defs[name]) return;
    $defs[name] = prune(schemas[name]);
    const text = JSON.stringify($defs[name]);
    for (const [, other] of text.matchAll(/"#\/\$defs\/([^"]+)"/g)) add(other);
  };
  for (const [name, schema] of Object.entries(schemas)) {
    for (const each of schema['x-kubernetes-group-version-kind'] ?? []) {
      if (!names.includes(each.kind)) continue;
      const apiVersion = [each.group, each.version].filter(Boolean).join('/');
      roots[`${apiVersion} ${each.kind}`] = name;
      add(name);
    }
  }
}
writeFileSync(
  new URL('kubernetes-schemas.json', import.meta.url),
  `${JSON.stringify({ kubernetes: '1.36', roots, $defs })}\n`,
);
