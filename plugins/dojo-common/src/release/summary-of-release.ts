import { shortOid } from '../short-oid';
import type { ReleaseResult } from './release-result';

/**
 * What a run released, or a dry run would release, in sentences of Markdown that name component and version.
 *
 * @public
 */
export function summaryOfRelease(
  result: ReleaseResult,
  component: { readonly name: string },
): string {
  const { name } = component;
  const { outcome, version, tag, commit, plan } = result;
  const { release, finish } = plan.decides;
  const at = commit ? ` at \`${shortOid(commit)}\`` : '';
  switch (outcome) {
    case 'released':
      return plan.kind === 'release'
        ? `${name} ${version} was released: tag \`${tag}\`${at}.`
        : alreadyReleased(result);
    case 'already-released':
      return alreadyReleased(result);
    case 'nothing-to-release':
      return version
        ? `Nothing to release: ${name} ${version} is the newest release. Nothing was done.`
        : `Nothing to release: ${name} has no release yet. Nothing was done.`;
    case 'failed':
      return `The release of ${name} ${
        version ?? ''
      } is not finished: run it again.`.replace('  ', ' ');
    default:
      return release
        ? `Dry run: ${name} ${release.version} would be released as tag \`${release.tag}\`. Nothing was written.`
        : `Dry run: release ${
            finish?.version ?? version
          } of ${name} would be finished. Nothing was written.`;
  }
}

/** Its tag was there before this run, which may have settled what an earlier one left open. */
function alreadyReleased({ version, tag, effects }: ReleaseResult): string {
  const finished = effects.some(({ kind }) => kind === 'done');
  return `${version} was released by an earlier run; ${
    finished ? 'this run finished what was left' : 'nothing was done'
  }. Its tag is \`${tag}\`.`;
}
