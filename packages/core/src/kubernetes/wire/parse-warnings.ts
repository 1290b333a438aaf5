import { toPrintable } from '../../text/to-printable';

/** Warnings of one answer that are kept. */
const maxWarnings = 50;

/**
 * Texts of `Warning` headers (RFC 7234 §5.5: code, agent, quoted text, date; several in one header by commas). The cost is
 * linear; what is none is passed over.
 */
export function parseWarnings(
  header: string | readonly string[] | undefined,
): string[] {
  const lines = header === undefined ? [] : [header].flat();
  const texts: string[] = [];
  for (const line of lines) {
    let at = 0;
    while (at < line.length && texts.length < maxWarnings) {
      const start = line.indexOf('"', at);
      if (start < 0) break;
      const quoted = readQuoted(line, start);
      if (quoted === undefined) break;
      const before = line.slice(at, start);
      // A date is quoted too, and stands right behind the text.
      if (/(?:^|[,\s])\d{3} \S+ $/.test(before)) {
        texts.push(toPrintable(quoted.text));
      }
      at = quoted.end;
    }
  }
  return texts;
}

function readQuoted(
  line: string,
  start: number,
): { text: string; end: number } | undefined {
  let text = '';
  for (let at = start + 1; at < line.length; at += 1) {
    const char = line[at];
    if (char === '"') return { text, end: at + 1 };
    if (char === '\\') at += 1;
    text += line[at] ?? '';
  }
  return undefined;
}
