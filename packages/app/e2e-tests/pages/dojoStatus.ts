import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { root } from './portalData';

/** What `dojo status` says of a component at a terminal of somebody's. */
export function dojoStatus(
  component: string,
  { url, token }: { readonly url: string; readonly token: string },
): string {
  return execFileSync(
    process.execPath,
    [resolve(root, 'scripts/dojo.cjs'), 'status', '--component', component],
    {
      encoding: 'utf8',
      env: { ...process.env, DOJO_PORTAL_URL: url, DOJO_PORTAL_TOKEN: token },
    },
  );
}
