import { mayCarryCredentials } from '../../http/may-carry-credentials';
import { withoutCredentials } from '../../text/without-credentials';
import { kubernetesErrors } from '../kubernetes-errors';

/**
 * Address of an API server: `https`, or `http` of this machine, without credentials and query.
 *
 * @throws DojoError CLUSTER_URL_INVALID
 */
export function verifyServerUrl(cluster: string, text: string): URL {
  const shown = withoutCredentials(text);
  const invalid = (problem: string) =>
    kubernetesErrors.urlInvalid(cluster, `"${shown}" ${problem}`);
  // kubectl takes an address without a scheme for http; a token would travel in the open.
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    throw invalid('is no https address');
  }
  const url = new URL(text);
  if (!mayCarryCredentials(url)) throw invalid('is not https');
  if (url.username !== '' || url.password !== '') {
    throw invalid('has credentials in it');
  }
  if (url.search !== '' || url.hash !== '') {
    throw invalid('has a query or a fragment');
  }
  return url;
}
