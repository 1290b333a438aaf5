import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostMark } from '../../../local/run-owner';

/** Leaves in a layout what a run leaves that was killed while it wrote. @returns the folder's name. */
export function leaveDeadWriter(layout: string): string {
  // Its id is free again.
  const { pid } = spawnSync(process.execPath, ['--version']);
  const name = `.dojo-writer-${hostMark()}-${pid}-abcdef`;
  mkdirSync(join(layout, name));
  writeFileSync(join(layout, name, 'index.json'), '{"half');
  return name;
}
