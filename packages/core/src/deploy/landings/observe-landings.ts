import { createHash } from 'node:crypto';
import { assembleComponents } from './assemble-components';
import type { LandingOptions, LandingRequest, Landings } from './landings';
import type { LandingRepository } from './ports';
import { readLine } from './read-line';
import { readOverlays } from './read-overlays';
import { tellLandings } from './tell-landings';
import { carriedBefore } from './carried-before';
import {
  observeWaiting,
  readLandingRefs,
  waitingPlaces,
} from './waiting-branches';
import { withOutcomes } from './with-outcomes';

/** Raised where the same refs would be read to other facts, so that known ones are read again. */
const reading = 1;
const textBytes = 64 * 1024;

/**
 * Reads what git wants of all components, how it came to it, and what waits, in one pass over the branch; writes nothing.
 * Where no ref changed since `known`, that is returned as it is; where the branch only went on, its new commits are read.
 *
 * @throws DojoError GIT_BRANCH_NOT_FOUND, and what the repository throws.
 */
export async function observeLandings(
  request: LandingRequest,
  repository: LandingRepository,
  options: LandingOptions,
): Promise<Landings> {
  const { signal, known } = options;
  const mark = markOf(request, options.url);
  const isSameRequest = known?.fingerprint?.startsWith(`${mark}-`) === true;
  const before = isSameRequest ? known : undefined;
  const refs = await readLandingRefs(request, repository, before, signal);
  const fingerprint = `${mark}-${digest([
    refs.branch,
    refs.head,
    refs.notes,
    [...refs.waiting],
  ])}`;
  if (known?.fingerprint === fingerprint) return known;
  const { branch, head } = refs;
  if (head === '') return { branch, head, components: {}, fingerprint };

  const components = new Map(request.components.map(each => [each.name, each]));
  const line = await readLine(
    repository,
    { head, ...(before?.head && { since: before.head }) },
    name => components.has(name),
    signal,
  );
  const base = line.isContinued ? before : undefined;
  const oids = [
    ...new Set(
      line.commits.flatMap(({ changes }) =>
        changes.flatMap(({ kustomization }) => kustomization ?? []),
      ),
    ),
  ];
  const texts = await repository.readTexts(oids, textBytes, signal);
  const textOf = new Map(oids.map((oid, at) => [oid, texts[at]]));
  const told = await tellLandings(line.commits, {
    componentOf: name => components.get(name)!,
    textOf: oid => textOf.get(oid),
    before: carriedBefore(base),
    ...(options.links && { links: options.links }),
    signal,
  });
  const overlays = await readOverlays(
    components,
    repository,
    {
      head,
      folders: base && [
        ...new Set(
          told.map(
            ({ component, landing }) => `${component}/${landing.environment}`,
          ),
        ),
      ],
    },
    signal,
  );
  const waiting = await observeWaiting(
    waitingPlaces(refs.waiting, components),
    repository,
    signal,
  );
  const all = assembleComponents({
    components,
    refs,
    told,
    overlays,
    waiting,
    options,
    ...(base && { base }),
  });
  return {
    branch,
    head,
    components: await withOutcomes(all, refs.notes, repository, signal),
    fingerprint,
  };
}

function markOf(
  { branch, components }: LandingRequest,
  url: string | undefined,
): string {
  return digest([
    reading,
    branch,
    url,
    components.map(({ name, repository, basePath, image, tagPrefix }) => [
      name,
      repository,
      basePath,
      image,
      tagPrefix,
    ]),
  ]);
}

function digest(value: readonly unknown[]): string {
  return createHash('sha256')
    .update(JSON.stringify(value))
    .digest('hex')
    .slice(0, 32);
}
