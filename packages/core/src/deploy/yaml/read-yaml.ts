import { LineCounter, isScalar, parseAllDocuments } from 'yaml';
import type { Document, ParsedNode } from 'yaml';
import { YamlProblem, YamlReader } from './yaml-reader';
import type { RepeatedKey, YamlLimits } from './yaml-reader';
import type { YamlValue } from './yaml-value';

/** The documents of a text, or why it cannot be read. */
export type YamlText =
  | {
      readonly kind: 'documents';
      /** Empty documents are left out. */
      readonly documents: readonly YamlValue[];
      /** Keys that stand in their mapping again; the last one counts. */
      readonly repeated: readonly RepeatedKey[];
      /** The line of an offset, from 1. */
      readonly lineOf: (at: number) => number;
    }
  | { readonly kind: 'invalid'; readonly why: string; readonly line?: number };

const tooDeep = 'it is nested too deeply';

/**
 * Reads YAML that others wrote as kubectl reads it, in time linear in its length: anchors are looked up in a table, and
 * what aliases repeat is counted, so that a few lines cannot become a billion values.
 */
export function readYaml(text: string, limits: YamlLimits): YamlText {
  const counter = new LineCounter();
  const lineOf = (at: number) => counter.linePos(at).line;
  try {
    const parsed = parseAllDocuments(text, {
      lineCounter: counter,
      // Their check compares each key with all before it; a key that stands twice is found below.
      uniqueKeys: false,
      prettyErrors: false,
      schema: 'core',
      logLevel: 'silent',
    });
    const documents: Document.Parsed[] = Array.isArray(parsed) ? parsed : [];
    for (const { errors } of documents) {
      if (errors.length > 0) {
        throw new YamlProblem(firstLine(errors[0].message), errors[0].pos[0]);
      }
    }
    const reader = new YamlReader(limits);
    return {
      kind: 'documents',
      documents: documents.flatMap(({ contents }) =>
        contents === null || isEmpty(contents) ? [] : [reader.read(contents)],
      ),
      repeated: reader.repeated,
      lineOf,
    };
  } catch (error) {
    if (error instanceof RangeError) {
      return { kind: 'invalid', why: tooDeep };
    }
    if (!(error instanceof YamlProblem)) throw error;
    const { message, at } = error;
    return {
      kind: 'invalid',
      why: message,
      ...(at !== undefined && { line: lineOf(at) }),
    };
  }
}

/** The parser tells an overflow of its own recursion as a problem of the text. */
function firstLine(message: string): string {
  return message.includes('call stack')
    ? tooDeep
    : message.split('\n')[0].replace(/ at line \d+.*$/, '');
}

/** What comment lines alone make. */
function isEmpty(node: ParsedNode): boolean {
  return (
    isScalar(node) && node.type === 'PLAIN' && node.source === '' && !node.tag
  );
}
