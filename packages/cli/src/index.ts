/**
 * The `dojo` command.
 *
 * @packageDocumentation
 */
export { main } from './main';
export { run } from './run';
export type { CommandContext } from './command-context';
