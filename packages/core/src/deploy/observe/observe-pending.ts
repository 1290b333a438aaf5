import type { DatabaseLevel } from 'backstage-plugin-dojo-common';
import type { BaseRepository } from '../ports';

/** A migration's file, right below its folder: `0013_tags.sql`. */
const migrationFile = /^(\d{1,9})_[^/]*\.sql$/;

/**
 * Ids of the migrations that a version has beyond the level of a database, in their order. That the earlier ones are all
 * applied is the migrate engine's to prove.
 *
 * @throws DojoError as the files of the service's repository are read.
 */
export async function observePending(
  base: Pick<BaseRepository, 'files'>,
  commit: string,
  { migrations, level }: DatabaseLevel,
  signal: AbortSignal,
): Promise<string[]> {
  const folder = migrations.replace(/\/+$/, '');
  const paths = await base.files(commit).listFiles(folder, signal);
  const reached = level === undefined ? -1 : Number.parseInt(level, 10);
  return paths
    .flatMap(path => {
      const name = path.slice(folder === '.' ? 0 : folder.length + 1);
      const number = migrationFile.exec(name)?.[1];
      return number === undefined ? [] : [{ name, number: Number(number) }];
    })
    .filter(({ number }) => number > reached)
    .sort((a, b) => a.number - b.number)
    .map(({ name }) => name.replace(/\.sql$/, ''));
}
