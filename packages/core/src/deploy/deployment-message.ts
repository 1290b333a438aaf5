import type {
  DeployedVersion,
  DeploymentDecides,
} from 'backstage-plugin-dojo-common';
import { shortOid } from 'backstage-plugin-dojo-common';
import { repositoryOf } from './overlay/image-pins';

/** What the message of a commit by {@link deploymentMessage} says. */
export interface LandedChange {
  readonly planHash: string;
  readonly component: string;
  readonly environment: string;
  /** Tag; absent: none was known. */
  readonly tag?: string;
  /** `<repository>//<path>` */
  readonly base: string;
  /** Of the base; absent: the overlay was only prepared, and nothing ran by it. */
  readonly commit?: string;
  /** Repositories of the images that it set, with their digests. */
  readonly images: readonly {
    readonly name: string;
    readonly digest: string;
  }[];
  readonly isRollback: boolean;
  /** Who asked for it; absent: the message does not say. */
  readonly requester?: string;
  /** Who merged it; absent: nobody had to, or a forge did. */
  readonly mergedBy?: string;
}

const trailer = {
  plan: 'Dojo-Plan',
  component: 'Dojo-Component',
  environment: 'Dojo-Environment',
  version: 'Dojo-Version',
  base: 'Dojo-Base',
  image: 'Dojo-Image',
  rollback: 'Dojo-Rollback',
  prepare: 'Dojo-Prepare',
  requester: 'Dojo-Requester',
  mergedBy: 'Dojo-Merged-By',
} as const;

const trailerPattern = /^(Dojo-[A-Za-z-]{1,40}): (.{1,1000})$/;
const basePattern = /^(\S+)\?ref=([0-9a-f]{40}(?:[0-9a-f]{24})?)$/;
const barePattern = /^\S+$/;
const imagePattern = /^([^\s@]+)@(sha256:[0-9a-f]{64})$/;
/** Lines at the end of a message among which trailers are looked for: a forge adds its own when it merges. */
const maxTrailerLines = 60;
const maxRequester = 200;

/** The message of the commit that carries out a plan: what it does, and what it came from. */
export function deploymentMessage(
  decides: DeploymentDecides,
  from: { readonly planHash: string; readonly requester?: string },
): string {
  const { component, environment, intent, version, base } = decides;
  const lines = [
    `${trailer.component}: ${component}`,
    `${trailer.environment}: ${environment}`,
    ...(version ? versionLines(version, base) : [`${trailer.base}: ${base}`]),
    ...(version ? [] : [`${trailer.prepare}: yes`]),
    ...(intent === 'rollback' ? [`${trailer.rollback}: yes`] : []),
    ...(from.requester === undefined
      ? []
      : [`${trailer.requester}: ${oneLine(from.requester)}`]),
    `${trailer.plan}: ${from.planHash}`,
  ];
  return `${subjectOf(decides)}\n\n${lines.join('\n')}\n`;
}

function subjectOf({
  component,
  environment,
  intent,
  version,
}: DeploymentDecides): string {
  if (version === undefined)
    return `deploy(${component}): ${environment} prepared`;
  const back = intent === 'rollback' ? 'back to ' : '';
  const what = version.tag ?? shortOid(version.commit);
  return `deploy(${component}): ${environment} ${back}${what}`;
}

function versionLines(version: DeployedVersion, base: string): string[] {
  const { tag, commit, images } = version;
  return [
    ...(tag === undefined ? [] : [`${trailer.version}: ${tag}`]),
    `${trailer.base}: ${base}?ref=${commit}`,
    ...images.flatMap(pin =>
      pin.digest === undefined
        ? []
        : [`${trailer.image}: ${repositoryOf(pin)}@${pin.digest}`],
    ),
  ];
}

/**
 * The message of the commit that merges a change: that of the change, so that the landing says by itself what it brought,
 * and who merged it.
 */
export function mergeMessage(message: string, mergedBy: string): string {
  const lines = message.trimEnd().split('\n');
  const trailers = lines.filter(line => trailerPattern.test(line.trimEnd()));
  const by = `${trailer.mergedBy}: ${oneLine(mergedBy)}`;
  return `${lines[0]}\n\n${[...trailers, by].join('\n')}\n`;
}

/** A person as a trailer names them. */
export function personIn(text: string): string {
  return oneLine(text);
}

/** Reads a commit's message. @returns undefined for one that no plan made. */
export function parseDeploymentMessage(
  message: string,
): LandedChange | undefined {
  const values = new Map<string, string[]>();
  for (const line of message.trimEnd().split('\n').slice(-maxTrailerLines)) {
    const match = trailerPattern.exec(line.trimEnd());
    if (match === null) continue;
    values.set(match[1], [...(values.get(match[1]) ?? []), match[2]]);
  }
  const last = (name: string) => values.get(name)?.at(-1);
  const planHash = last(trailer.plan);
  const component = last(trailer.component);
  const environment = last(trailer.environment);
  const base = baseIn(last(trailer.base), last(trailer.prepare) === 'yes');
  if (!planHash || !component || !environment || base === undefined) {
    return undefined;
  }
  const tag = last(trailer.version);
  const requester = last(trailer.requester);
  const mergedBy = last(trailer.mergedBy);
  return {
    planHash,
    component,
    environment,
    ...(tag !== undefined && { tag }),
    ...base,
    images: (values.get(trailer.image) ?? []).flatMap(text => {
      const image = imagePattern.exec(text);
      return image ? [{ name: image[1], digest: image[2] }] : [];
    }),
    isRollback: last(trailer.rollback) === 'yes',
    ...(requester !== undefined && { requester }),
    ...(mergedBy !== undefined && { mergedBy }),
  };
}

/** The base, and its commit; of an overlay that was only prepared without one. */
function baseIn(
  text: string | undefined,
  isPrepared: boolean,
): Pick<LandedChange, 'base' | 'commit'> | undefined {
  if (text === undefined) return undefined;
  const [, base, commit] = basePattern.exec(text) ?? [];
  if (base !== undefined) return { base, commit };
  return isPrepared && barePattern.test(text) ? { base: text } : undefined;
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, maxRequester);
}
