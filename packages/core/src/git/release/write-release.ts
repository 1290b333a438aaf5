import type { ReleaseCommit } from '../../release/ports';
import { encodeCommit } from '../objects/encode-commit';
import { identityLine, secondsOf } from '../objects/git-objects';
import type { ParsedObject } from '../objects/git-objects';

/**
 * Writes the commit of a release and its annotated tag. The author's date is the base commit's, so that it does not
 * depend on when the release is made.
 *
 * @param write stores an object and returns its id.
 */
export async function writeRelease(
  release: ReleaseCommit,
  { tree, base }: { readonly tree: string; readonly base: ParsedObject },
  write: (type: 'commit' | 'tag', body: Buffer) => Promise<string>,
): Promise<{ readonly commit: string; readonly tag: string }> {
  const seconds = Math.floor(release.date.getTime() / 1_000);
  const authored = secondsOf(base.headers.get('committer')) ?? seconds;
  const commit = await write(
    'commit',
    encodeCommit({
      tree,
      parents: [release.base],
      who: release.author,
      authored,
      committed: seconds,
      message: release.message,
    }),
  );
  const tag = await write(
    'tag',
    Buffer.from(
      `object ${commit}\ntype commit\ntag ${release.tag}\n` +
        `tagger ${identityLine(release.author, seconds)}\n\n` +
        `${release.tagMessage}`,
    ),
  );
  return { commit, tag };
}
