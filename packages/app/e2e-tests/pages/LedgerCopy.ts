import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { ForgeRepository } from './ForgeRepository';
import { portalData, root } from './portalData';

/** Options of {@link copyLedger}. */
export interface LedgerCopyOptions {
  /** The portal's data folder; default: of the portal that the tests share. */
  readonly data?: string;
  /** Branches beside main that may be released, as `dojo/maintenance` names them; default: none. */
  readonly maintenance?: string;
}

/**
 * Makes a component of one's own that is like the ledger on its first day: releases up to 0.3.0, 12 commits since, an
 * image for each, and the dev database at 0013; nothing is deployed.
 */
export function copyLedger(
  name: string,
  { data = portalData, maintenance }: LedgerCopyOptions = {},
): ForgeRepository {
  execFileSync(
    process.execPath,
    [
      resolve(root, 'scripts/copy-ledger.mjs'),
      ...['--name', name, '--data', data],
      ...(maintenance === undefined ? [] : ['--maintenance', maintenance]),
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  return new ForgeRepository(name, data);
}

/** What CI does with the head of a branch, by default of main: without an image it cannot be released. */
export function buildHeadImage(
  name: string,
  { data = portalData, branch }: { data?: string; branch?: string } = {},
): void {
  execFileSync(
    process.execPath,
    [
      resolve(root, 'scripts/build-image.mjs'),
      ...['--component', name, '--data', data],
      ...(branch === undefined ? [] : ['--branch', branch]),
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
}
