import { shortOid, silentSources } from 'backstage-plugin-dojo-common';
import type {
  Delivery,
  DeliveryAttention,
  DeliveryLine,
} from 'backstage-plugin-dojo-common';
import {
  clockTime,
  levelName,
  movedSentence,
  personName,
  runningSentence,
} from 'dojo-portal-core/delivery';
import { environmentLines } from './environment-lines';
import { reportSections } from './report-sections';
import { sourceLines } from './source-lines';
import { textTable } from './text-table';

/** An answer about a component that is set up. */
type Shown = Extract<Delivery, { kind: 'delivery' }>;

/** Down to this rank something is broken; what follows only waits. */
const lowestBroken = 3;
/** Sources that do not answer are told first, with since when. */
const silentSource = 7;

const imageWords = {
  same: 'image verified',
  missing: 'the image is missing in the registry',
  differs: 'the registry has another image',
  unchecked: 'image not checked yet',
} as const;

/**
 * What is delivered of a component as a person reads it at a terminal, with the sentences of the Delivery tab: what needs
 * somebody first, then from what is unreleased to the last environment, then what can be done. Times are UTC.
 */
export function reportStatus(delivery: Delivery): string {
  if (delivery.kind === 'not-set-up') return reportNotSetUp(delivery);
  const now = new Date(delivery.now);
  const sections = [
    headLines(delivery, now),
    silentSources(delivery.sources).flatMap(source => sourceLines(source, now)),
    attentionLines(delivery, now),
    ['Unreleased', ...unreleasedLines(delivery)],
    ['Latest release', ...latestLines(delivery, now)],
    ...delivery.environments.map(environment =>
      environmentLines(environment, delivery.sources, now),
    ),
    runningLines(delivery, now),
    actionLines(delivery),
    delivery.omitted === undefined
      ? []
      : [`${delivery.omitted} more entries are on the portal's page.`],
  ];
  // A line of the report is one line, whatever others wrote into it.
  return reportSections(
    sections.map(lines => lines.map(line => line.replace(/[\n\t]+/g, ' '))),
  );
}

function reportNotSetUp({
  missing,
  yaml,
}: Extract<Delivery, { kind: 'not-set-up' }>): string {
  const sentences = {
    repository: 'This component has no repository.',
    environments: 'No environments are configured.',
  };
  return reportSections([
    missing.map(what => sentences[what]),
    yaml === ''
      ? []
      : [
          'Add these lines below metadata in the file of the component:',
          ...yaml.trimEnd().split('\n'),
        ],
  ]);
}

function headLines({ title, access }: Shown, now: Date): string[] {
  const head = `${title}, ${clockTime(now.toISOString(), now)} UTC`;
  if (access.change) return [head];
  const owner = access.owner?.replace(/^.*[:/]/, '');
  const who = owner === undefined ? '' : ` ${owner} can change them.`;
  return [head, `You can see the deliveries of ${title}.${who}`];
}

function attentionLines(delivery: Shown, now: Date): string[] {
  const shown = delivery.attention.filter(({ rank }) => rank !== silentSource);
  if (shown.length === 0) return ['Nothing needs attention.'];
  return [
    'Needs attention',
    ...shown.flatMap(item => [
      `  ${item.rank <= lowestBroken ? '▲' : '!'} ${
        item.sentence
      } (since ${clockTime(item.since, now)})`,
      ...[item.hint, mendsOf(item, delivery)]
        .filter(Boolean)
        .map(text => `    ${text}`),
      ...(item.log ?? []).map(line => `    | ${line}`),
    ]),
  ];
}

/** What the button beside it would say; the reason of one that is held back is told where the verbs are. */
function mendsOf(
  { action, environment }: DeliveryAttention,
  { actions }: Shown,
): string | undefined {
  const mends = actions.find(
    each =>
      each.state === 'ready' &&
      each.id === action &&
      (environment === undefined || each.environment === environment),
  );
  return mends && `→ ${mends.label.sentence}`;
}

function unreleasedLines({ lines, latest }: Shown): string[] {
  if (lines.length === 0) return ['  unknown'];
  const since = latest.kind === 'release' ? latest.version : undefined;
  return lines.flatMap((line, at) => [
    `  ${line.branch}: ${countOf(line, since)}${
      at === 0 && latest.kind === 'none' && line.count > 0
        ? ', none released yet'
        : ''
    }`,
    ...[
      line.breaking > 0 && 'Breaking',
      line.next?.sentence.sentence,
      line.notOnMainSentence,
    ]
      .filter(text => typeof text === 'string')
      .map(text => `    ${text}`),
    ...commitLines(line).map(text => `  ${text}`),
  ]);
}

function countOf(
  { count, capped }: DeliveryLine,
  since: string | undefined,
): string {
  if (count === 0) {
    return since === undefined ? 'no commits yet' : `no commits since ${since}`;
  }
  if (capped) return `over ${count} commits, of which the newest were read`;
  return `${count} ${count === 1 ? 'commit' : 'commits'}`;
}

function commitLines({ commits, omitted }: DeliveryLine): string[] {
  if (commits.length === 0) return [];
  return [
    ...textTable(
      ['commit', 'counts as', 'subject'].map(title => ({ title })),
      commits.map(({ sha, subject, level, reason, breaking }) => [
        shortOid(sha),
        level === 'none' ? `nothing: ${reason}` : breakingOr(breaking, level),
        subject || '(empty message)',
      ]),
    ),
    ...(omitted > 0 ? [`  … ${omitted} more`] : []),
  ];
}

function breakingOr(breaking: boolean, level: string): string {
  return breaking ? 'breaking' : level;
}

function latestLines({ latest }: Shown, now: Date): string[] {
  if (latest.kind !== 'release') {
    return [latest.kind === 'none' ? '  No release yet' : '  unknown'];
  }
  const { version, tag, at, by, image, needs, urls } = latest;
  const who = personName(by);
  const made = `${clockTime(at, now)}${who === undefined ? '' : ` by ${who}`}`;
  return [
    `${version}, released ${made}, ${
      image.kind === 'none' ? 'no image' : imageWords[image.check]
    }`,
    latest.breaking && 'Breaking',
    latest.rejected && `Rejected: ${latest.rejected.reason}`,
    latest.moved && movedSentence(tag, latest.moved),
    latest.unfinished.length > 0 &&
      `The release is unfinished: ${latest.unfinished.join(', ')}.`,
    needs && `Needs database ${levelName(needs)}`,
    urls.release,
  ]
    .filter(text => typeof text === 'string')
    .map(text => `  ${text}`);
}

function runningLines({ running }: Shown, now: Date): string[] {
  if (running.length === 0) return [];
  return [
    'Running now',
    ...running.map(
      run =>
        `  ◐ ${clockTime(run.startedAt, now)}  ${runningSentence(run, now)}${
          run.step === undefined ? '' : ` · ${run.step}`
        }`,
    ),
  ];
}

function actionLines({ actions }: Shown): string[] {
  if (actions.length === 0) return [];
  return [
    'What can be done',
    ...textTable(
      ['where', 'what', 'not now, because'].map(title => ({ title })),
      actions.map(({ environment, branch, label, state }) => [
        environment ?? branch ?? '',
        label.sentence,
        state === 'ready' ? '' : state.sentence,
      ]),
    ),
  ];
}
