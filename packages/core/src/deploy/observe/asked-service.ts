import type { DeploymentRequest } from 'backstage-plugin-dojo-common';
import { baseOf } from '../base-of';
import { notesRef } from '../notes/note-line';
import type { Rejection } from '../notes/rejection';
import type { BaseRepository, InfraRepository } from '../ports';
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

/** What is asked before anything else, of both repositories. */
export interface AskedFirst {
  readonly service: AskedService;
  /** The branch of the infra repository, and its commit. */
  readonly head: ReturnType<InfraRepository['readHead']>;
  /** Aborted with the run, and by {@link end}. */
  readonly signal: AbortSignal;
  /** Nobody waits for it any more. */
  readonly end: () => void;
}

/** Asks both repositories for what a request names, to be waited for when it is needed. */
export function askFirst(
  request: DeploymentRequest,
  {
    infra,
    bases,
  }: { readonly infra: InfraRepository; readonly bases: OpenBases },
  signal: AbortSignal,
): AskedFirst {
  const ending = new AbortController();
  const both = AbortSignal.any([signal, ending.signal]);
  const service = askService(request, bases, both);
  const head = infra.readHead(request.branch, both);
  // Whoever waits for it hears of its failure.
  head.catch(() => undefined);
  return { service, head, signal: both, end: () => ending.abort() };
}

/** Asks for what the request names; where something else fails first, nobody hears of what failed here. */
export function askService(
  request: DeploymentRequest,
  bases: OpenBases,
  signal: AbortSignal,
): AskedService {
  const base = bases.repository(baseOf(request).repository, signal);
  const version = base.then(opened => {
    if (request.version === undefined) return undefined;
    opened.askAhead?.(notesRef, signal);
    return resolveVersion(opened, request.version, signal);
  });
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
