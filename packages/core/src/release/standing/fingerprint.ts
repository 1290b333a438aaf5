import { createHash } from 'node:crypto';
import type { ChosenRefs } from './choose-refs';
import type { StandingRequest } from './standing';

/** Raised where the same refs would be read to other facts, so that known ones are read again. */
const reading = 2;

/** Of what is asked for: where it differs, what was known is of another question. */
export function requestMark(
  request: StandingRequest,
  url: string | undefined,
): string {
  const { repository, branch, maintenance, image, tagPrefix } = request;
  return digest([
    reading,
    repository,
    branch,
    maintenance,
    image,
    tagPrefix,
    request.path,
    request.migrations,
    url,
  ]);
}

/** Of the request and all refs that count: where it is the same, so are the facts. */
export function fingerprint(mark: string, refs: ChosenRefs): string {
  const { branch, head, maintenance, tags, older, notes, unreadAbove } = refs;
  return `${mark}-${digest([
    branch,
    head,
    maintenance.map(line => [line.branch, line.head]),
    tags.map(({ name, oid, commit }) => [name, oid, commit]),
    older,
    notes,
    unreadAbove,
  ])}`;
}

function digest(value: readonly unknown[]): string {
  return createHash('sha256')
    .update(JSON.stringify(value))
    .digest('hex')
    .slice(0, 32);
}
