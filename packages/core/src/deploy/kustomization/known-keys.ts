/** Keys of a kustomization that are followed or harmless (docs/reference/deploy-lint.md). */
export const knownKeys: ReadonlySet<string> = new Set([
  'apiVersion',
  'buildMetadata',
  'commonAnnotations',
  'components',
  'configMapGenerator',
  'generatorOptions',
  'images',
  'kind',
  'labels',
  'metadata',
  'namePrefix',
  'nameSuffix',
  'namespace',
  'patches',
  'replacements',
  'replicas',
  'resources',
  'secretGenerator',
]);

/** Spellings that kustomize gave up, and what to write instead. */
export const oldKeys: ReadonlyMap<string, string> = new Map([
  ['bases', 'resources'],
  ['commonLabels', 'labels, with includeSelectors: false'],
  ['imageTags', 'images'],
  ['patchesJson6902', 'patches, with target and path or patch'],
  ['patchesStrategicMerge', 'patches, with path or patch'],
  ['vars', 'replacements'],
]);

/** What is refused for what it would do. */
export const refusedKeys: ReadonlyMap<string, string> = new Map([
  ['configurations', 'it changes how kustomize reads every object'],
  ['crds', 'it changes how kustomize reads every object'],
  ['generators', 'generators may run plugins'],
  ['helmChartInflationGenerator', 'it runs Helm'],
  ['helmCharts', 'it runs Helm and fetches charts'],
  ['helmGlobals', 'it runs Helm and fetches charts'],
  ['openapi', 'it changes how kustomize reads every object'],
  ['transformers', 'transformers may run plugins'],
  ['validators', 'validators may run plugins'],
]);

const generator = [
  'name',
  'namespace',
  'behavior',
  'files',
  'envs',
  'literals',
  'options',
];

/**
 * Keys of the entries that may name files. kustomize does not mind capitals (`Path:` is `path:` to it), so that any other
 * spelling is refused, or a file would be read that was not followed.
 */
export const entryKeys: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['configMapGenerator', new Set(generator)],
  ['secretGenerator', new Set([...generator, 'type'])],
  ['patches', new Set(['path', 'patch', 'target', 'options'])],
  ['replacements', new Set(['path', 'source', 'targets'])],
  ['images', new Set(['name', 'newName', 'newTag', 'digest', 'tagSuffix'])],
]);
