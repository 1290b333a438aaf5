import type { Splice } from 'backstage-plugin-dojo-common';
import type { YamlFile } from './yaml-file';

const preparedPattern = /^# dojo\/prepared:/;
const hostPattern = /^# dojo\/host: (\S+)[ \t]*\r?$/;
/** What may stand before the first key of a file. */
const headPattern = /^(?:#.*|---[ \t]*|[ \t]*)\r?$/;

/** The comments by which a prepared overlay is known, and by which it remembers its host. */
export interface PreparedMarks {
  /** Host of the ingress that the first deployment makes: without a Service there is nothing that one could point at. */
  readonly host?: string;
  /** Takes the comments out, whole lines. */
  readonly removal: readonly Splice[];
  /** Where a comment with a host is to be put: the place of the one that is there, or of a new line. */
  readonly hostAt: { readonly start: number; readonly end: number };
}

/** The two lines that a prepared kustomization file begins with; of no host one. */
export function preparedLines(host: string | undefined): string[] {
  return [
    '# dojo/prepared: nothing runs here yet; the first deployment adds the version',
    ...(host === undefined ? [] : [hostLine(host)]),
  ];
}

function hostLine(host: string): string {
  return `# dojo/host: ${host}`;
}

/**
 * The marks in the comments before the first key of a kustomization file.
 *
 * @returns undefined where it is no prepared overlay.
 */
export function findPreparedMarks(text: string): PreparedMarks | undefined {
  const removal: Splice[] = [];
  let host: string | undefined;
  let prepared: Splice | undefined;
  let hostAt: PreparedMarks['hostAt'] | undefined;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline + 1;
    const line = text.slice(start, newline < 0 ? end : newline);
    if (!headPattern.test(line)) break;
    const splice = { start, end, text: '' };
    const found = hostPattern.exec(line);
    if (found && hostAt === undefined) {
      host = found[1];
      hostAt = { start, end };
      removal.push(splice);
    } else if (preparedPattern.test(line) && prepared === undefined) {
      prepared = splice;
      removal.push(splice);
    }
    start = end;
  }
  if (prepared === undefined) return undefined;
  return {
    ...(host !== undefined && { host }),
    removal,
    hostAt: hostAt ?? { start: prepared.end, end: prepared.end },
  };
}

/** The splices that make a prepared overlay remember a host; none where it does already. */
export function setPreparedHost(
  { eol }: Pick<YamlFile, 'eol'>,
  { host, hostAt }: PreparedMarks,
  wished: string,
): Splice[] {
  return host === wished
    ? []
    : [{ ...hostAt, text: `${hostLine(wished)}${eol}` }];
}
