import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FolderFile } from 'dojo-portal-core/repository';

/** Writes the files below a folder of this run; nobody else may read them. */
export async function writeMigrationFiles(
  folder: string,
  files: readonly FolderFile[],
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const { path, bytes } of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, bytes, { mode: 0o600, flag: 'wx' });
  }
}
