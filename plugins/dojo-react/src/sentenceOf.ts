import { literalText } from './literalText';

/**
 * Words that a sentence of an engine begins with and that are no name: a component, a branch or a command is written as
 * people wrote it, also at the beginning of a sentence.
 */
const plainWords = new Set(
  (
    'a an the this that these those its it they what which who whoever whether there here no none nothing nobody ' +
    'somebody another other one two some any all every each many more neither both not only you your we our when while ' +
    'where as after before since until with without for from of in on to at by if so too ' +
    'is are was were does did has have had cannot could may must ' +
    'image container version repository cluster folder tag request conflict'
  ).split(' '),
);

/**
 * A message as a page says it, letter by letter (see literalText). Engines write theirs to stand after `error:` in a log,
 * and begin it small; alone on a line it is a sentence, and begins as one.
 */
export function sentenceOf(message: string): string {
  const text = literalText(message);
  const [first] = /^[a-z]+(?= )/.exec(text) ?? [];
  return first !== undefined && plainWords.has(first)
    ? text[0].toUpperCase() + text.slice(1)
    : text;
}
