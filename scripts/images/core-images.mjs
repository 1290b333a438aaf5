import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Makes the image of a commit in an image layout, as `dojo:publish` does it: the one way of it is in packages/core, whose
 * sources are compiled as they are loaded.
 */
export function addCommitImage(place, commit, tags) {
  require('@backstage/cli/config/nodeTransform.cjs');
  const core = require('../../packages/core/src/oci/layout/add-commit-image.ts');
  const { signal } = new AbortController();
  return core.addCommitImage(place, commit, tags, signal);
}
