/** A migration's file, right below its folder: `0013_tags.sql`; not the one that takes it back. */
const migrationFile = /^(\d{1,9})_[^/]*(?<!\.down)\.sql$/;

/** Ids of the migrations among the names of a folder's files, oldest first: `0013_tags`. */
export function migrationsIn(names: readonly string[]): string[] {
  return names
    .flatMap(name => {
      const number = migrationFile.exec(name)?.[1];
      return number === undefined ? [] : [{ name, number: Number(number) }];
    })
    .sort((a, b) => a.number - b.number)
    .map(({ name }) => name.slice(0, -'.sql'.length));
}
