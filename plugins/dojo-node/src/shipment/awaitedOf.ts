import type {
  AwaitedRelease,
  ReleaseResult,
} from 'backstage-plugin-dojo-common';

/** What a planned release will make; undefined: nothing that is not there. */
export function awaitedOf({ plan }: ReleaseResult): AwaitedRelease | undefined {
  const { base, release, finish } = plan.decides;
  const promised = release ?? finish;
  const image = promised?.image && {
    repository: promised.image.repository,
    tag: promised.version,
    digest: promised.image.digest,
  };
  if (release === undefined) return image && { image };
  return {
    head: base,
    edits: release.edits.map(({ path }) => path),
    ...(image && { image }),
  };
}
