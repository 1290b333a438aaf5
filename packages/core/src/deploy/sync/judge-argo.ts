import { shortOid } from 'backstage-plugin-dojo-common';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { toPrintable } from '../../text/to-printable';
import { mapsAt, textAt, timeAt, valueAt } from '../health/object-fields';
import { isList } from '../objects/plain-value';
import type { PlainMap } from '../objects/plain-value';
import { commitOf, syncPatience, waiting } from './sync-verdict';
import type { RelationOf, SyncVerdict } from './sync-verdict';

/** Commits that an Application names: those it compared last, and those of its last operation. */
export function commitsOfArgo(
  application: KubernetesObject,
  folder: string,
): readonly string[] {
  return [
    ...comparedCommits(application, folder),
    ...operationCommits(application, folder),
  ];
}

/**
 * What an Argo CD Application says of our landing: done once it is synced at a commit that has our overlay, and its health
 * was assessed after that sync. Of several sources the one with the overlay's folder counts; where none has it, any whose
 * commit the repository of overlays knows.
 */
export function judgeArgo(
  application: KubernetesObject,
  folder: string,
  relationOf: RelationOf,
): SyncVerdict {
  if (textAt(application.metadata, 'deletionTimestamp') !== undefined) {
    return {
      kind: 'failed',
      patience: syncPatience,
      detail: 'is being deleted',
    };
  }
  const failed = failedOperation(application, folder, relationOf);
  if (failed !== undefined) return failed;
  const known = comparedCommits(application, folder).map(commit => ({
    commit,
    relation: relationOf(commit),
  }));
  const found =
    known.find(({ relation }) => relation === 'ours') ??
    known.find(({ relation }) => relation === 'superseded') ??
    known.find(({ relation }) => relation === 'before') ??
    known.at(0);
  if (found === undefined) {
    return waiting(withCondition(application, 'reports no commit yet'));
  }
  const at = shortOid(found.commit);
  switch (found.relation) {
    case 'ours':
      return judgeSynced(application, found.commit);
    case 'superseded':
      return {
        kind: 'superseded',
        commit: found.commit,
        detail: `is at ${at}, which has a later change of ${folder}`,
      };
    case 'before':
      return waiting(
        withCondition(application, `is at ${at}, which does not have it yet`),
      );
    default:
      return waiting(
        withCondition(
          application,
          `is at ${at}, which the repository of overlays does not have`,
        ),
      );
  }
}

/** At our commit: whether it was applied, and how that went. */
function judgeSynced(
  application: KubernetesObject,
  commit: string,
): SyncVerdict {
  const at = shortOid(commit);
  const phase = textAt(application, 'status', 'operationState', 'phase');
  if (phase === 'Running' || phase === 'Terminating') {
    return waiting(`is syncing ${at}${saidOf(operationMessage(application))}`);
  }
  const sync = textAt(application, 'status', 'sync', 'status') ?? 'Unknown';
  if (sync !== 'Synced') {
    const isManual =
      valueAt(application, 'spec', 'syncPolicy', 'automated') === undefined;
    return waiting(
      withCondition(
        application,
        `is ${sync} at ${at}${
          isManual ? ', and is synced only when somebody asks for it' : ''
        }`,
      ),
    );
  }
  const finished = timeAt(
    application,
    'status',
    'operationState',
    'finishedAt',
  );
  const assessed = timeAt(application, 'status', 'reconciledAt');
  if (finished && !(assessed && assessed >= finished)) {
    return waiting(`has synced ${at}, and not looked at its health since`);
  }
  const health = textAt(application, 'status', 'health', 'status') ?? 'Unknown';
  const said = saidOf(textAt(application, 'status', 'health', 'message'));
  if (health === 'Healthy') {
    const detail = `has synced ${at}, and is Healthy`;
    return { kind: 'done', commit, isHealthKnown: true, detail };
  }
  if (health === 'Degraded') {
    return {
      kind: 'failed',
      patience: syncPatience,
      detail: `has synced ${at}, and is Degraded${said}${worst(application)}`,
    };
  }
  return waiting(`has synced ${at}, and is ${health}${said}`);
}

/** An operation that has ended with our commit, and not well. While it is tried again its phase is Running. */
function failedOperation(
  application: KubernetesObject,
  folder: string,
  relationOf: RelationOf,
): SyncVerdict | undefined {
  const phase = textAt(application, 'status', 'operationState', 'phase');
  if (phase !== 'Failed' && phase !== 'Error') return undefined;
  const commit = operationCommits(application, folder).find(
    each => relationOf(each) === 'ours',
  );
  if (commit === undefined) return undefined;
  return {
    kind: 'failed',
    patience: 0,
    detail: `could not sync ${shortOid(commit)}${saidOf(
      operationMessage(application),
    )}`,
  };
}

function comparedCommits(
  application: KubernetesObject,
  folder: string,
): readonly string[] {
  const sync = valueAt(application, 'status', 'sync');
  return revisionsIn(sync, sourcesOf(application), folder);
}

function operationCommits(
  application: KubernetesObject,
  folder: string,
): readonly string[] {
  const state = valueAt(application, 'status', 'operationState');
  const sources = sourcesOf(application);
  const synced = revisionsIn(valueAt(state, 'syncResult'), sources, folder);
  return synced.length > 0
    ? synced
    : revisionsIn(valueAt(state, 'operation', 'sync'), sources, folder);
}

/** Of `revision`, or of `revisions`, which has one for each source in its order. */
function revisionsIn(
  map: unknown,
  sources: readonly PlainMap[],
  folder: string,
): readonly string[] {
  const list = valueAt(map, 'revisions');
  const all: readonly unknown[] =
    isList(list) && list.length > 0 ? list : [valueAt(map, 'revision')];
  const own = all.filter((_, index) => isFolder(sources[index], folder));
  return (own.length > 0 ? own : all).flatMap(revision => {
    const commit = commitOf(
      typeof revision === 'string' ? revision : undefined,
    );
    return commit === undefined ? [] : [commit];
  });
}

function sourcesOf(application: KubernetesObject): readonly PlainMap[] {
  const several = mapsAt(application, 'spec', 'sources');
  if (several.length > 0) return several;
  return mapsAt({ all: [valueAt(application, 'spec', 'source')] }, 'all');
}

function isFolder(source: PlainMap | undefined, folder: string): boolean {
  const path = textAt(source, 'path') ?? '';
  return path.replace(/^\.?\/+|\/+$/g, '') === folder;
}

function operationMessage(application: KubernetesObject): string | undefined {
  return textAt(application, 'status', 'operationState', 'message');
}

/** What keeps it from comparing, where it says so. */
function withCondition(application: KubernetesObject, said: string): string {
  const error = mapsAt(application, 'status', 'conditions').find(({ type }) =>
    String(type).endsWith('Error'),
  );
  return `${said}${saidOf(textAt(error, 'message'))}`;
}

/** The first object that is not well, as the Application's own health names none. */
function worst(application: KubernetesObject): string {
  const found = mapsAt(application, 'status', 'resources').find(
    resource => textAt(resource, 'health', 'status') === 'Degraded',
  );
  if (found === undefined) return '';
  const name = `${textAt(found, 'kind')}/${textAt(found, 'name')}`;
  return toPrintable(`: ${name}${saidOf(textAt(found, 'health', 'message'))}`);
}

function saidOf(message: string | undefined): string {
  return message ? `: ${toPrintable(message)}` : '';
}
