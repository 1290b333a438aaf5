/**
 * The kit of the dojo plugins' pages and form fields.
 *
 * @packageDocumentation
 */
export { Ago } from './Ago';
export { toDojoFailure } from './dojoFailure';
export type { DojoFailure } from './dojoFailure';
export { FirstFew } from './FirstFew';
export { formatBytes } from './formatBytes';
export { formatDuration } from './formatDuration';
export { literalText } from './literalText';
export { useAnswer } from './useAnswer';
export type { AnswerState } from './useAnswer';
export { useDojoClient } from './useDojoClient';
