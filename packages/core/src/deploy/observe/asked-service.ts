import type { DeploymentRequest } from 'backstage-plugin-dojo-common';
import { baseOf } from '../base-of';
import type { Rejection } from '../notes/rejection';
import type { BaseRepository } from '../ports';
import { observeRejection } from './observe-notes';
import { resolveVersion } from './observe-target';
import type { NamedVersion } from './observe-target';
import type { OpenBases } from './open-bases';

/** What is asked of the service's repository while the infra repository is read. */
export interface AskedService {
  readonly base: Promise<BaseRepository>;
  /** The version that the request names. */
  readonly version: Promise<NamedVersion | undefined>;
  readonly rejection: Promise<Rejection | undefined>;
}

/** Asks for what the request names; where something else fails first, nobody hears of what failed here. */
export function askService(
  request: DeploymentRequest,
  bases: OpenBases,
  signal: AbortSignal,
): AskedService {
  const base = bases.repository(baseOf(request).repository, signal);
  const version = base.then(opened =>
    request.version === undefined
      ? undefined
      : resolveVersion(opened, request.version, signal),
  );
  const rejection = version.then(
    async found => found && observeRejection(await base, found, signal),
  );
  // Whoever waits for one hears of its failure; where something else failed before, nobody does.
  for (const each of [base, version, rejection]) each.catch(() => undefined);
  return { base, version, rejection };
}

/** Whether a comment's word is a tag of the service; it is asked for while other things are read. */
export function isTag(
  word: string | undefined,
  { base, version }: AskedService,
  signal: AbortSignal,
): Promise<boolean> {
  const answer = async () => {
    if (word === undefined || word === '') return false;
    if ((await version)?.tag === word) return true;
    return (await (await base).resolveTag(word, signal)) !== undefined;
  };
  const asked = answer();
  asked.catch(() => undefined);
  return asked;
}
