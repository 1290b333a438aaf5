import { createHash } from 'node:crypto';
import {
  mkdir,
  open,
  readdir,
  readFile,
  rm,
  stat,
  utimes,
} from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  hostMark,
  isOwnerAlive,
  noteOwner,
  ownerMark,
} from '../../local/run-owner';

/** Milliseconds after which a mirror that nobody opened goes, and the claim of a host that is gone. */
const unusedFor = 14 * 24 * 60 * 60_000;
/** Processes that keep mirrors below one folder at once. */
const maxShelves = 100;

const claimFile = 'claim';

/** By the folder that was asked for: a process claims one shelf of it, and all that it opens share that. */
const claimed = new Map<string, Promise<string>>();
/** Whoever uses a mirror waits for who uses it now. */
const turns = new Map<string, Promise<unknown>>();

/**
 * Folder of the mirror of an address. Each process has a shelf of its own below the root, which the next one takes over
 * with all that is in it when its owner is gone.
 */
export async function mirrorFolder(
  root: string,
  address: string,
): Promise<string> {
  const key = resolve(root);
  const shelf =
    claimed.get(key) ??
    claimShelf(key).catch(error => {
      claimed.delete(key);
      throw error;
    });
  claimed.set(key, shelf);
  const name = createHash('sha256').update(address).digest('hex').slice(0, 32);
  return join(await shelf, name);
}

/** Runs one after the other what uses the same mirror. */
export function inMirrorTurn<T>(
  folder: string,
  run: () => Promise<T>,
): Promise<T> {
  const result = (turns.get(folder) ?? Promise.resolve()).then(run);
  const turn = result
    .catch(() => undefined)
    .then(() => {
      if (turns.get(folder) === turn) turns.delete(folder);
    });
  turns.set(folder, turn);
  return result;
}

async function claimShelf(root: string): Promise<string> {
  for (let number = 0; number < maxShelves; number += 1) {
    const shelf = join(root, `${number}`);
    await mkdir(shelf, { recursive: true, mode: 0o700 });
    if (await claim(shelf)) {
      await removeUnused(shelf);
      return shelf;
    }
  }
  throw new Error(`all ${maxShelves} shelves of ${root} are in use`);
}

async function claim(shelf: string): Promise<boolean> {
  const path = join(shelf, claimFile);
  if (!(await isFree(shelf, path))) return false;
  await rm(path, { force: true });
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(ownerMark());
    await file.close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  await noteOwner(shelf);
  return true;
}

async function isFree(shelf: string, path: string): Promise<boolean> {
  const owner = await readFile(path, 'utf8').catch(() => undefined);
  if (owner === undefined) return true;
  const own = `${hostMark()}-`;
  if (owner.startsWith(own)) {
    return !(await isOwnerAlive(shelf, Number(owner.slice(own.length))));
  }
  return (await ageOf(path)) > unusedFor;
}

async function removeUnused(shelf: string): Promise<void> {
  for (const name of await readdir(shelf)) {
    if (!/^[0-9a-f]{32}$/.test(name)) continue;
    const path = join(shelf, name);
    if ((await ageOf(path)) > unusedFor) {
      await rm(path, { recursive: true, force: true });
    }
  }
}

/** Says that a mirror is used, and that its shelf is. */
export async function noteUse(folder: string): Promise<void> {
  const now = new Date();
  for (const path of [folder, join(folder, '..', claimFile)]) {
    await utimes(path, now, now).catch(() => undefined);
  }
}

async function ageOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? 0 : Date.now() - found.mtimeMs;
}
