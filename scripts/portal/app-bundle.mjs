import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, sourceHash } from '../source-hash.mjs';

const stamp = join(ROOT, '.cache/app-bundle');

/** Builds packages/app/dist with `run`, unless it was built from these very sources. */
export async function ensureAppBundle(run) {
  const wanted = sourceHash('app', ['app-config.yaml']);
  const built = existsSync(join(ROOT, 'packages/app/dist/index.html'));
  if (built && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return;
  }
  rmSync(stamp, { force: true });
  await run();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}
