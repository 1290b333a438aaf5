import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { ForgeRepository } from './ForgeRepository';
import { portalData, root } from './portalData';

/** Options of {@link copyLedger}. */
export interface LedgerCopyOptions {
  /** The portal's data folder; default: of the portal that the tests share. */
  readonly data?: string;
}

/**
 * Makes a component of one's own that is like the ledger on its first day: releases up to 0.3.0, 12 commits since, an
 * image for each, and the dev database at 0013; nothing is deployed.
 */
export function copyLedger(
  name: string,
  { data = portalData }: LedgerCopyOptions = {},
): ForgeRepository {
  execFileSync(
    process.execPath,
    [
      resolve(root, 'scripts/copy-ledger.mjs'),
      ...['--name', name, '--data', data],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  return new ForgeRepository(name, data);
}

/** What CI does with the head of its branch: without an image it cannot be released. */
export function buildHeadImage(
  name: string,
  { data = portalData }: LedgerCopyOptions = {},
): void {
  execFileSync(
    process.execPath,
    [
      resolve(root, 'scripts/build-image.mjs'),
      ...['--component', name, '--data', data],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
}
