/**
 * The backend of the dojo plugins.
 *
 * @packageDocumentation
 */
export { dojoPlugin as default } from './plugin';
