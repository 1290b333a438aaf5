import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectFormat } from '../objects/git-objects';

/** What is known of a repository before its first commit. */
export interface UnbornRepository {
  /** The branch that its HEAD names. */
  readonly branch: string;
  readonly format: ObjectFormat;
}

/** HEAD and format of a bare repository on this machine. */
export async function readUnbornAt(path: string): Promise<UnbornRepository> {
  const [head, config] = await Promise.all([
    readFile(join(path, 'HEAD'), 'utf8'),
    readFile(join(path, 'config'), 'utf8'),
  ]);
  const branch = /^ref: refs\/heads\/(.+)$/m.exec(head)?.[1] ?? 'main';
  const isSha256 = /^\s*objectformat = sha256$/im.test(config);
  return { branch, format: isSha256 ? 'sha256' : 'sha1' };
}
