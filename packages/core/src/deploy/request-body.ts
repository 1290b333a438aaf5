import type { DeploymentPlan } from 'backstage-plugin-dojo-common';
import { toPrintable } from '../text/to-printable';
import { describeObjectDiffs } from './objects/describe-object-diff';

/** GitHub takes 65,536 characters and counts some twice. */
const maxBody = 60_000;

/**
 * The body of a request to merge: what happens, the objects as they change with Secrets masked, whole ones and then their
 * count, and the plan that it is of. Shorter than 60,000 characters.
 */
export function requestBody(
  { shows, decides }: DeploymentPlan,
  {
    planHash,
    requester,
  }: { readonly planHash: string; readonly requester?: string },
): string {
  const errors = shows.findings
    .filter(({ severity }) => severity !== 'info')
    .slice(0, 20)
    .map(({ code, message }) => `- ${code}: ${inline(message)}`);
  const before = [
    inline(shows.reason),
    ...(requester === undefined ? [] : [`Asked for by ${inline(requester)}.`]),
    ...(errors.length === 0 ? [] : [errors.join('\n')]),
  ];
  const after = [
    `Made by \`dojo deploy\`: ${decides.folder} is changed by one commit, which a new plan replaces.`,
    `Dojo-Plan: ${planHash}`,
  ];
  const used = [...before, ...after].join('\n\n').length;
  const diff = describeObjectDiffs(shows.objects, {
    // The fence, and what is around it, twice over.
    maxCharacters: maxBody - used - 400,
  });
  const objects =
    shows.objects.length === 0 ? ['No object changes.'] : [fenced(diff)];
  return `${[...before, ...objects, ...after].join('\n\n')}\n`;
}

/** A fence that nothing in the text can close. */
function fenced(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const longest = runs.reduce((most, { length }) => Math.max(most, length), 2);
  const fence = '`'.repeat(Math.min(longest + 1, 100));
  const inner = longest < 100 ? text : text.replace(/`{100,}/g, '…');
  return `${fence}\n${inner}\n${fence}`;
}

/** One line of plain words: nothing in it is a mention, a link or markup. */
function inline(text: string): string {
  return toPrintable(text)
    .slice(0, 1_000)
    .replace(/[\\`*_[\]<>@#|~]/g, character => `\\${character}`)
    .replace(/\\@/g, '@\u2060');
}
