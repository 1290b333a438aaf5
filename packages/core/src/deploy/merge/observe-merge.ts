import { parseBaseAddress } from 'backstage-plugin-dojo-common';
import type {
  DeploymentMergeRequest,
  FileDiff,
} from 'backstage-plugin-dojo-common';
import { isDojoError } from 'backstage-plugin-dojo-common';
import { renderDiff } from '../../text/render-diff';
import { splicesBetween } from '../../text/splices-between';
import { blocksOf } from '../blocks/blocks-of';
import { deployErrors } from '../deploy-errors';
import { personIn } from '../deployment-message';
import { isProduction, onlySourceOf } from '../deployment-policy';
import type { DeploymentPolicy } from '../deployment-policy';
import { frozenUntil } from '../freeze/freeze-window';
import { versionOf, withOwnImages } from '../history/landed-version';
import { lintObjects } from '../lint/lint-objects';
import { diffObjects } from '../objects/diff-objects';
import { observeRejection } from '../observe/observe-notes';
import { observeVersionIn } from '../observe/observe-target';
import type { OpenBases } from '../observe/open-bases';
import { readOverlayFiles } from '../observe/read-overlay-files';
import { repositoryOf } from '../overlay/image-pins';
import { readOverlay } from '../overlay/overlay';
import { namespaceOf } from '../overlay-place';
import { withFolder } from '../overlay-source';
import type { DeployPorts, FileSource, InfraRepository } from '../ports';
import { renderOverlay } from '../render';
import { findRequest } from './find-request';
import type { FoundRequest } from './find-request';
import type { LandedBefore, WaitingChange } from './merge-state';

/** What {@link observeMerge} reads from. */
export interface MergeSources {
  readonly infra: InfraRepository;
  readonly bases: OpenBases;
  readonly ports: DeployPorts;
  readonly policy: DeploymentPolicy;
  /** Who merges. */
  readonly mergedBy: string;
}

/**
 * Reads the change that waits, judges it again as it would be on the branch now, and asks the rules; writes nothing.
 *
 * @throws DojoError as {@link findRequest} and rendering do.
 */
export async function observeMerge(
  request: DeploymentMergeRequest,
  sources: MergeSources,
  signal: AbortSignal,
): Promise<WaitingChange | LandedBefore> {
  const { infra, bases, ports, policy } = sources;
  const found = await findRequest(request, infra, signal);
  if (found.kind === 'landed') return found;
  const { head, tip, folder } = found;
  const source = infra.files(head);
  const [before, after] = await Promise.all(
    [source, infra.files(tip)].map(of => readOverlayFiles(of, folder, signal)),
  );
  const warnings: string[] = [];
  const render = async (of: FileSource) =>
    renderOverlay(
      {
        source: of,
        folder,
        openBase: (...base) => bases.files(...base),
        kustomize: ports.kustomize,
      },
      signal,
    );
  const attempt = async () => {
    try {
      return (await render(source)).objects;
    } catch (error) {
      if (!isDojoError(error) || error.kind === 'unavailable') throw error;
      warnings.push(`the overlay as it is does not render: ${error.message}`);
      return undefined;
    }
  };
  const held = Object.keys(before).length > 0 ? await attempt() : undefined;
  const rendered = await render(withFolder(source, folder, after));
  const tree = await infra.readTree(head, folder, signal);
  const judged = await judge(
    request,
    found,
    { before, after },
    sources,
    signal,
  );
  return {
    ...found,
    kind: 'waiting',
    ...(tree !== undefined && { before: tree }),
    ...(judged.version && { version: judged.version }),
    files: [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter(path => before[path] !== after[path])
      .map(path => ({
        path,
        ...(after[path] !== undefined && { text: after[path] }),
      })),
    diffs: diffsOf(before, after),
    objects: diffObjects(held ?? [], rendered.objects),
    findings: lintObjects(rendered, {
      namespace: namespaceOf(request, policy.namespace),
      environment: request.environment,
      isProduction: isProduction(request.environment),
      ...(held && { before: held }),
    }),
    blocks: judged.blocks,
    warnings: [...warnings, ...infra.warnings],
  };
}

type Texts = Readonly<Record<string, string>>;

/** Which version the change brings, and which rules hold it back. */
async function judge(
  request: DeploymentMergeRequest,
  { change, head, folder, requestBranch }: FoundRequest,
  texts: { readonly before: Texts; readonly after: Texts },
  { infra, bases, ports, policy, mergedBy }: MergeSources,
  signal: AbortSignal,
) {
  const address = parseBaseAddress(change.base);
  const versionIn = (files: Texts) => {
    const overlay = readOverlay(folder, new Map(Object.entries(files)));
    return typeof address === 'string' || overlay === undefined
      ? undefined
      : versionOf(overlay.kustomization, address);
  };
  const pinned = versionIn(texts.after);
  const { requester } = change;
  const merge = {
    ...(requester !== undefined && { requestedBy: requester }),
    mergedBy: personIn(mergedBy),
  };
  const { component, environment } = request;
  if (change.commit === undefined && pinned === undefined) {
    const facts = { component, environment, intent: 'prepare' as const, merge };
    return { version: undefined, blocks: blocksOf(facts) };
  }
  if (
    typeof address === 'string' ||
    pinned === undefined ||
    pinned.commit !== change.commit
  ) {
    throw deployErrors.requestOutdated(
      requestBranch,
      'its message names another commit of the base than its overlay pins',
    );
  }
  const set = new Set(change.images.map(({ name }) => name));
  const version = withOwnImages(
    { ...pinned, ...(change.tag !== undefined && { tag: change.tag }) },
    pin => set.has(repositoryOf(pin)),
  );
  const from = versionIn(texts.before);
  const base = await bases.repository(address.repository, signal);
  const rejection = change.isRollback
    ? undefined
    : await observeRejection(base, version, signal);
  const promotesFrom = onlySourceOf(policy);
  const source =
    promotesFrom === undefined || change.isRollback
      ? undefined
      : await observeVersionIn(
          request,
          promotesFrom,
          { infra, address, head, source: infra.files(head) },
          signal,
        );
  const frozen = frozenUntil(policy.freeze, ports.clock.now());
  return {
    version,
    blocks: blocksOf({
      component,
      environment,
      intent: change.isRollback ? 'rollback' : 'version',
      version,
      ...(from && { from }),
      ...(promotesFrom !== undefined && {
        promotesFrom: {
          environment: promotesFrom,
          isAsked: false,
          ...(source && { version: source }),
        },
      }),
      ...(frozen && { frozen }),
      ...(rejection && { rejection }),
      merge,
    }),
  };
}

function diffsOf(before: Texts, after: Texts): FileDiff[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return paths.sort().flatMap(path => {
    const [was, is = ''] = [before[path], after[path]];
    if (was === after[path]) return [];
    return [renderDiff({ path, splices: splicesBetween(was ?? '', is) }, was)];
  });
}
