import { readFile } from 'node:fs/promises';
import type { ClusterAccess } from 'backstage-plugin-dojo-common';
import type { ClusterConfig } from './ClusterConfig';
import { clusterErrors } from './clusterErrors';

/**
 * What a child process needs to reach a cluster. Reads what is in files anew each time: the kubelet renews a pod's token within the hour.
 *
 * @throws DojoError `CLUSTER_CREDENTIALS_UNREADABLE`.
 */
export async function clusterAccess({
  name,
  url,
  caData,
  caFile,
  token,
  tokenFile,
}: ClusterConfig): Promise<ClusterAccess> {
  const read = (path: string) =>
    readFile(path).catch(cause => {
      throw clusterErrors.credentialsUnreadable(name, path, cause);
    });
  const ca =
    caFile === undefined ? caData : (await read(caFile)).toString('base64');
  const bearer =
    tokenFile === undefined ? token : (await read(tokenFile)).toString().trim();
  return {
    name,
    url,
    ...(ca !== undefined && { caData: ca }),
    ...(bearer !== undefined && { token: bearer }),
  };
}
