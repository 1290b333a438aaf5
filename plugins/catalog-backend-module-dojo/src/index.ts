/**
 * The catalog's view of the local forge.
 *
 * @packageDocumentation
 */
export { catalogModuleDojo as default } from './module';
