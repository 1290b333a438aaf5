/**
 * What the engines' callers need of this machine.
 *
 * @packageDocumentation
 */
export { createTemporaryFolder } from '../local/temporary-folder';
export type { TemporaryFolder } from '../local/temporary-folder';
