import type {
  NewRelease,
  Outcome,
  ReleasePlan,
  ReleaseRequest,
} from 'backstage-plugin-dojo-common';
import { settle } from '../effect/effect';
import type { SettleOptions } from '../effect/effect';
import { toEffects } from '../effect/effect-step';
import { applySplices } from '../text/apply-splices';
import { releaseCommitMessage, tagMessage } from './commit-message';
import { releaseEffects } from './effects/release-effects';
import type { GitRepository, ReleaseCommit, ReleasePorts } from './ports';
import { changelogPath } from './release-paths';
import type { ReleaseState } from './release-state';

/** What {@link executeRelease} settles. */
export interface ReleaseExecution {
  readonly request: ReleaseRequest;
  readonly plan: ReleasePlan;
  readonly planHash: string;
  /** The state that the plan was made from: its files are what the edits apply to. */
  readonly state: ReleaseState;
  readonly repository: GitRepository;
  readonly ports: ReleasePorts;
}

/** What came of it, read from the systems. */
export interface ReleaseExecuted {
  readonly outcomes: readonly Outcome[];
  /** The release commit, once the remote holds it. */
  readonly commit?: string;
  /** Page of the forge's release, once the forge shows it. */
  readonly releaseUrl?: string;
}

/**
 * Settles the plan's effects in their order (docs/explanation/release.md).
 *
 * @throws DojoError where nothing was attempted, since the forge would not let us publish; else only an abort.
 */
export async function executeRelease(
  execution: ReleaseExecution,
  options: SettleOptions,
): Promise<ReleaseExecuted> {
  const { request, plan, planHash, state, repository, ports } = execution;
  const { decides } = plan;
  const forge = ports.openForge(request.repository);
  if (decides.release?.forgeRelease) {
    // Before the first write: a tag without its forge release is what a missing token would leave.
    await forge?.verifyAccess(options.signal);
  }
  const now = ports.clock.now();
  let commit: string | undefined;
  const urls = new Map<string, string>();
  const effects = toEffects(releaseEffects(decides, state), {
    planHash,
    repository,
    changelog: changelogPath(request),
    openImage: name => ports.openImage(name),
    openForge: () => {
      if (forge !== undefined) return forge;
      throw new Error(`${request.repository} has no forge to publish on`);
    },
    toCommit: release => toReleaseCommit(release, execution, now),
    onCommit: oid => {
      commit = oid;
    },
    onPublished: (tag, url) => urls.set(tag, url),
  });
  const outcomes = await settle(effects, options);
  const releaseUrl = urls.get((decides.release ?? decides.finish)?.tag ?? '');
  return {
    outcomes,
    ...(commit && { commit }),
    ...(releaseUrl && { releaseUrl }),
  };
}

/** The commit and tag that the plan decides. */
function toReleaseCommit(
  release: NewRelease,
  { plan, planHash, state }: ReleaseExecution,
  date: Date,
): ReleaseCommit {
  const { base, branch } = plan.decides;
  const { version, tag, notes, edits, author } = release;
  const { image, movingTags, forgeRelease } = release;
  return {
    base,
    branch,
    files: edits.map(edit => ({
      path: edit.path,
      mode: edit.mode,
      text: applySplices(textOf(state, edit.path), edit.splices),
    })),
    message: releaseCommitMessage(version, planHash),
    author,
    tag,
    tagMessage: tagMessage(version, {
      notes,
      planHash,
      ...(image && {
        image: { repository: image.repository, digest: image.digest },
      }),
      movingTags,
      forgeRelease,
    }),
    date,
  };
}

function textOf({ files }: ReleaseState, path: string): string {
  const file = files.find(candidate => candidate.path === path);
  return file?.kind === 'text' ? file.text : '';
}
