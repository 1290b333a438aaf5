const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/** The version that the forge's images have under the digest of an image, else its tag or digest. */
exports.versionOf = function versionOf(image, forge) {
  const [, digest] = /@(sha256:[0-9a-f]{64})$/.exec(image) ?? [];
  if (digest === undefined) return image.split(':').at(-1);
  const index = readFileSync(join(forge, 'images/ledger/index.json'), 'utf8');
  const names = JSON.parse(index)
    .manifests.filter(manifest => manifest.digest === digest)
    .map(
      ({ annotations }) => annotations?.['org.opencontainers.image.ref.name'],
    )
    // The other name of each is its commit.
    .filter(name => name && !/^[0-9a-f]{40}$/.test(name));
  return names[0] ?? digest.slice(0, 'sha256:'.length + 12);
};
