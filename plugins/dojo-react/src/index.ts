/**
 * The kit of the dojo plugins' pages and form fields.
 *
 * @packageDocumentation
 */
export { Ago } from './Ago';
export { Badge } from './Badge';
export { toDojoFailure } from './dojoFailure';
export type { DojoFailure } from './dojoFailure';
export { EffectList } from './EffectList';
export { EntityName } from './EntityName';
export { FactList } from './FactList';
export { FailureAlert } from './FailureAlert';
export { FirstFew } from './FirstFew';
export { clockTime } from './clockTime';
export { formatBytes } from './formatBytes';
export { formatDuration } from './formatDuration';
export { formatSpan } from './formatSpan';
export { formatTime } from './formatTime';
export { HealthMark } from './HealthMark';
export type { DeliveryMarkKind } from './HealthMark';
export { Headline } from './Headline';
export { literalText } from './literalText';
export { MarkShape } from './MarkShape';
export { Mono } from './Mono';
export { Muted } from './Muted';
export { PersonName } from './PersonName';
export { PlainTable } from './PlainTable';
export { RelativeTime } from './RelativeTime';
export { Section } from './Section';
export { Sentence } from './Sentence';
export { sentenceOf } from './sentenceOf';
export { shortPlanHash } from './shortPlanHash';
export { SourceBlock } from './SourceBlock';
export { SourceFigure } from './SourceFigure';
export { dojoReactTranslationRef } from './translation';
export { useAnswer } from './useAnswer';
export type { AnswerState } from './useAnswer';
export { useDojoClient } from './useDojoClient';
export { useNow } from './useNow';
export { Warnings } from './Warnings';
