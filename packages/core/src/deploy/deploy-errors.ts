import { DojoError, shortOid } from 'backstage-plugin-dojo-common';
import type { DeploymentFinding } from 'backstage-plugin-dojo-common';
import { toPrintable } from '../text/to-printable';
import type { Rejection } from './notes/rejection';

const maxNamed = 5;

function few(names: readonly string[]): string {
  const more = names.length > maxNamed ? ', …' : '';
  return `${names.slice(0, maxNamed).join(', ')}${more}`;
}

/** A finding as a sentence with its place and its object. */
function sentenceOf({
  file,
  line,
  object,
  message,
}: DeploymentFinding): string {
  const place =
    file === undefined || message.startsWith(file)
      ? []
      : [line === undefined ? file : `${file}:${line}`];
  return [...place, ...(object === undefined ? [] : [object]), message].join(
    ': ',
  );
}

/** The errors of the deploy engine, one for each code; those of editing an overlay stand in overlay-errors.ts. */
export const deployErrors = {
  /** `branch` absent: the remote's HEAD names none. */
  branchUnknown: (
    repository: string,
    branch: string | undefined,
    existing: readonly string[],
  ) =>
    new DojoError({
      code: 'DEPLOY_BRANCH_UNKNOWN',
      kind: 'not-found',
      message: `${repository} has ${
        branch === undefined ? 'no default branch' : `no branch ${branch}`
      }; it has ${existing.slice(0, 5).join(', ')}`,
      hint: 'Name a branch that is there in dojo.infra.branch, or push it first.',
    }),
  versionUnknown: (repository: string, version: string) =>
    new DojoError({
      code: 'DEPLOY_VERSION_UNKNOWN',
      kind: 'not-found',
      message: `${repository} has no tag ${version}`,
      hint: 'Name a tag of the service; a branch is no version. dojo release makes one.',
    }),
  /** What is said of a rejection is read by everybody who wonders why a version cannot be chosen. */
  rejectionReason: (version: string) =>
    new DojoError({
      code: 'DEPLOY_REASON_MISSING',
      kind: 'input',
      message: `${version} is rejected without a reason`,
      hint: 'Say in a sentence what is wrong with it.',
    }),
  rejectionTakenBack: (version: string) =>
    new DojoError({
      code: 'DEPLOY_REJECTION_TAKEN_BACK',
      kind: 'conflict',
      message: `the rejection of ${version} was taken back at once`,
      hint: 'Speak with who did, and reject it again.',
    }),
  /** One name, two programs. `where`: what pinned it. */
  tagMoved: (
    tag: string,
    commits: { readonly pinned: string; readonly now: string },
    where: string,
  ) =>
    new DojoError({
      code: 'DEPLOY_TAG_MOVED',
      kind: 'refused',
      message: `tag ${tag} was moved: ${where} pinned it at ${commits.pinned}, and it leads to ${commits.now} now`,
      hint: 'A version is never another program: put the tag back, or release what is there now as a new version. To bring what runs elsewhere, promote it.',
    }),
  imageMoved: (
    image: string,
    digests: { readonly pinned: string; readonly now: string },
    where: string,
  ) =>
    new DojoError({
      code: 'DEPLOY_IMAGE_MOVED',
      kind: 'refused',
      message: `image tag ${image} was moved: ${where} pinned it at ${digests.pinned}, and it leads to ${digests.now} now`,
      hint: 'A version is never another program: release what is there now as a new version, or promote what runs elsewhere.',
    }),
  imageMissing: (image: string, tags: readonly string[]) =>
    new DojoError({
      code: 'DEPLOY_IMAGE_MISSING',
      kind: 'refused',
      message: `${image} has no tag ${tags.join(' or ')}`,
      hint: 'The image is not built yet, or was removed: wait for its build, or release the version with its image, and run it again.',
    }),
  imageGone: (image: string, digest: string) =>
    new DojoError({
      code: 'DEPLOY_IMAGE_GONE',
      kind: 'refused',
      message: `${image}@${digest} is not in the registry any more`,
      hint: 'Push that image again, or choose another version.',
    }),
  /** No container of the base runs it. */
  imageNotInBase: (image: string, found: readonly string[]) =>
    new DojoError({
      code: 'DEPLOY_IMAGE_NOT_IN_BASE',
      kind: 'refused',
      message: `no container of the base runs ${image}; its images are ${
        few(found) || 'none'
      }`,
      hint: 'Name the image repository that the base names.',
    }),
  /** After the change something else would run than what was decided. */
  imageNotRun: (image: string, found: readonly string[]) =>
    new DojoError({
      code: 'DEPLOY_IMAGE_NOT_RUN',
      kind: 'refused',
      message: `no container would run ${image} after the change; they would run ${few(
        found,
      )}`,
      hint: 'Something else in the overlay sets the image: look at its images, patches and replacements.',
    }),
  /** The overlay has an entry that the version to go back to did not have. */
  imageNotThen: (at: string, image: string, version: string) =>
    new DojoError({
      code: 'DEPLOY_IMAGE_NOT_THEN',
      kind: 'refused',
      message: `${at} pins ${image}, and with ${version} nothing did, so that the way back is not known`,
      hint: `Remove the entry of ${image} by hand, and run it again.`,
    }),
  nothingRuns: (
    component: string,
    environment: string,
    why: string,
    isPrepared: boolean,
  ) =>
    new DojoError({
      code: 'DEPLOY_NOTHING_RUNS',
      kind: 'not-found',
      message: isPrepared
        ? `nothing of ${component} runs in ${environment} yet, ${why}`
        : `${component} has no overlay in ${environment}, ${why}`,
      hint: 'Deploy a version there first.',
    }),
  noFormerOverlay: (component: string, environment: string) =>
    new DojoError({
      code: 'DEPLOY_NO_FORMER_OVERLAY',
      kind: 'not-found',
      message: `${component} never had an overlay in ${environment}, so there is none to bring back`,
      hint: 'Deploy without restoring one: the environment gets a new overlay.',
    }),
  /** It has a version, and what is asked beside it would change what runs. */
  versionThere: (component: string, environment: string, version: string) =>
    new DojoError({
      code: 'DEPLOY_VERSION_THERE',
      kind: 'refused',
      message: `${component} in ${environment} has ${version} already, and preparing changes nothing that runs`,
      hint: `Deploy ${version} with the host and the storage that it is to have.`,
    }),
  /** The service would not start on it. `level`: last applied migration; absent: none is applied. */
  migrationsPending: (
    environment: string,
    level: string | undefined,
    pending: readonly string[],
  ) =>
    new DojoError({
      code: 'MIGRATIONS_PENDING',
      kind: 'refused',
      message: `the database of ${environment} is ${
        level === undefined ? 'empty' : `at ${toPrintable(level)}`
      }, and the version needs ${pending.length} ${
        pending.length === 1 ? 'migration' : 'migrations'
      } more: ${few(pending.map(toPrintable))}`,
      hint: `Migrate ${environment} first, then deploy.`,
    }),
  /** Two ingresses of one host: which of them answers is up to the cluster. */
  hostTaken: (
    host: string,
    by: { readonly component: string; readonly environment: string },
  ) =>
    new DojoError({
      code: 'HOST_TAKEN',
      kind: 'refused',
      message: `${host} is used by ${by.component} in ${by.environment}.`,
      hint: 'Choose another host, or take it away there first.',
    }),
  /** `known`: tags that landed there. */
  versionNeverRan: (
    component: string,
    environment: string,
    version: string,
    known: readonly string[],
  ) =>
    new DojoError({
      code: 'DEPLOY_VERSION_NEVER_RAN',
      kind: 'not-found',
      message: `${component} ${version} never landed in ${environment}; there were ${
        few(known) || 'none'
      }`,
      hint: 'Name one of those, or deploy the version.',
    }),
  noPrevious: (component: string, environment: string, present: string) =>
    new DojoError({
      code: 'DEPLOY_NO_PREVIOUS',
      kind: 'refused',
      message: `no version of ${component} landed in ${environment} before ${present}`,
      hint: 'Name the version to go back to; one that was left by a rollback is not taken for the previous one.',
    }),
  serviceUnclear: (host: string, services: readonly string[]) =>
    new DojoError({
      code: 'DEPLOY_SERVICE_UNCLEAR',
      kind: 'refused',
      message: `the base has ${
        services.length === 0 ? 'no Service' : `the Services ${few(services)}`
      }, so where requests for ${host} go is not known`,
      hint: 'Add an ingress to the overlay by hand, and leave the host out.',
    }),
  /** Findings of severity error. The first gives the hint. */
  findings: (findings: readonly DeploymentFinding[]) => {
    const sentences = findings.slice(0, maxNamed).map(sentenceOf);
    const more = findings.length - sentences.length;
    return new DojoError({
      code: 'DEPLOY_LINT_REFUSED',
      kind: 'refused',
      message: `${sentences.join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
      hint: `${findings[0].hint ?? 'Correct it, and run it again.'} (${[
        ...new Set(findings.map(({ code }) => code)),
      ].join(', ')})`,
    });
  },
  frozen: (environment: string, window: string, until: string) =>
    new DojoError({
      code: 'DEPLOY_FROZEN',
      kind: 'refused',
      message: `${environment} is frozen until ${until} (${window})`,
      hint: 'Run it again then. A rollback is never held back.',
    }),
  /** Somebody noted at the tagged commit that it is not to be deployed. */
  versionRejected: (
    component: string,
    { version, by, at, reason }: Rejection,
  ) =>
    new DojoError({
      code: 'DEPLOY_VERSION_REJECTED',
      kind: 'refused',
      message: `${component} ${toPrintable(
        version,
      )} was rejected by ${toPrintable(by)} at ${at}${
        reason === '' ? '' : `: ${toPrintable(reason)}`
      }`,
      hint: 'Deploy another version, or have the rejection taken back. A rollback is never held back.',
    }),
  /** Something else than what the environment before it has is asked for. */
  promotionNeeded: (environment: string, from: string) =>
    new DojoError({
      code: 'PROMOTION_NEEDED',
      kind: 'refused',
      message: `${environment} takes over what ${from} has, and nothing else`,
      hint: `Deploy the version to ${from} first, then promote it from there. A rollback is never held back.`,
    }),
  /** Nothing of ours waits on the branch. `found`: what is there, where something is. */
  requestUnknown: (branch: string, found: string | undefined) =>
    new DojoError({
      code: 'DEPLOY_REQUEST_UNKNOWN',
      kind: 'not-found',
      message:
        found === undefined
          ? `no change waits on ${branch}`
          : `no change of ours waits on ${branch}: it holds ${found}`,
      hint: 'Ask for the change with mode pull-request first.',
    }),
  requestOutdated: (branch: string, why: string) =>
    new DojoError({
      code: 'DEPLOY_REQUEST_OUTDATED',
      kind: 'conflict',
      message: `the change on ${branch} no longer fits: ${why}`,
      hint: 'Plan it and ask for it again; its branch is then replaced.',
    }),
  requesterMerges: (environment: string, person: string) =>
    new DojoError({
      code: 'DEPLOY_REQUESTER_MERGES',
      kind: 'refused',
      message: `${person} asked for this change of ${environment}, and somebody else merges it`,
      hint: 'Ask somebody else who may deploy there to merge it.',
    }),
  /** What the overlay would render is not known before the release is made. */
  releaseChangesBase: (path: string) =>
    new DojoError({
      code: 'DEPLOY_RELEASE_CHANGES_BASE',
      kind: 'refused',
      message: `the release changes ${path}, which the base is made of, so that what it deploys cannot be reviewed before it`,
      hint: 'Release first and deploy then, or keep version files and changelog out of the base.',
    }),
  /** Somebody else made the version in the meantime. */
  releaseOther: (tag: string, commit: string) =>
    new DojoError({
      code: 'DEPLOY_RELEASE_OTHER',
      kind: 'conflict',
      message: `tag ${tag} (commit ${shortOid(
        commit,
      )}) was not made by the release that was reviewed`,
      hint: 'Look at what it is, and plan again.',
    }),
  approvalNeeded: (environment: string, mode: string) =>
    new DojoError({
      code: 'DEPLOY_APPROVAL_NEEDED',
      kind: 'refused',
      message: `a change of ${environment} is approved by somebody else, and mode ${mode} would land it at once`,
      hint: 'Use mode pull-request.',
    }),
  /** Its host is no forge whose requests could be opened. */
  requestsUnsupported: (repository: string) =>
    new DojoError({
      code: 'DEPLOY_REQUESTS_UNSUPPORTED',
      kind: 'refused',
      message: `pull requests of ${repository} cannot be opened: its host is neither a GitHub nor a GitLab that is known here`,
      hint: 'Name the forge: in a portal as an integration, for the command by GITHUB_SERVER_URL or CI_SERVER_URL; or use mode commit.',
    }),
  /** The server has a rule. `said`: the error's own sentence. */
  pushRefused: (said: string, cause: unknown) =>
    new DojoError({
      code: 'DEPLOY_PUSH_REFUSED',
      kind: 'refused',
      message: said,
      hint: 'The branch is protected, or a hook refused it: use mode pull-request, or allow this pusher.',
      cause,
    }),
  configInvalid: (path: string, problems: readonly string[]) =>
    new DojoError({
      code: 'DEPLOY_CONFIG_INVALID',
      kind: 'input',
      message: `${path} is not valid: ${few(problems)}`,
      hint: 'Correct it, or name another app-config.yaml.',
    }),
  environmentUnknown: (environment: string, known: readonly string[]) =>
    new DojoError({
      code: 'DEPLOY_ENVIRONMENT_UNKNOWN',
      kind: 'not-found',
      message: `there is no environment ${environment}; there are ${
        few(known) || 'none'
      }`,
      hint: 'Name one of dojo.environments, or add it there.',
    }),
  /** The branch of a request holds what no plan made. */
  requestTaken: (branch: string, tip: string) =>
    `holds ${shortOid(
      tip,
    )}, which no run of dojo made: ${branch} is left as it is`,
};
