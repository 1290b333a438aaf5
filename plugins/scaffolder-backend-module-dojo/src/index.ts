/**
 * The dojo actions of the scaffolder.
 *
 * @packageDocumentation
 */
export { scaffolderModuleDojo as default } from './module';
