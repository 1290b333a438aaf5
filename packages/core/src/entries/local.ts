/**
 * What the engines' callers need of this machine, and of the network that it is in.
 *
 * @packageDocumentation
 */
export { mayCarryCredentials } from '../http/may-carry-credentials';
export { sendWithRetry, sleep } from '../http/retry';
export { sendRequest } from '../http/send-request';
export { createTemporaryFolder } from '../local/temporary-folder';
export type { TemporaryFolder } from '../local/temporary-folder';
