import {
  LineCounter,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
} from 'yaml';
import type { Document, Node } from 'yaml';
import { objectErrors } from './object-errors';

/** Deeper than any object that the API server takes. */
const maxDepth = 100;
/** Values of one text: scalars, lists and mappings. */
const maxValues = 2_000_000;
/** Characters of YAML: its parser takes some seconds for them, and a tenth of that for as much JSON. */
const maxYamlLength = 4 * 1024 * 1024;
/** Longer JSON is not looked at as YAML, when it is no JSON after all: that takes long, and it is no YAML either. */
const maxFlowLength = 100_000;

/**
 * The documents of a text as plain data: JSON where it begins as such, YAML else. Aliases are refused, since few lines of
 * them can stand for billions of values and no tool prints any; of a key that stands twice the last counts, as for kubectl.
 *
 * @throws DojoError OBJECTS_INVALID where it is neither, OBJECTS_TOO_LARGE for more values than are read.
 */
export function parseDocuments(
  text: string,
  place: string,
): readonly unknown[] {
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (/^\s*[[{]/.test(plain)) {
    try {
      const value: unknown = JSON.parse(plain);
      checkSize(value, place);
      return [value];
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      if (plain.length > maxFlowLength) {
        throw objectErrors.invalid(place, error.message);
      }
    }
  }
  return parseYaml(plain, place);
}

function checkSize(root: unknown, place: string): void {
  const open: (readonly [value: unknown, depth: number])[] = [[root, 0]];
  let count = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [value, depth] = next;
    if (++count > maxValues) throw tooMany(place);
    if (typeof value === 'object' && value !== null) {
      if (depth >= maxDepth) throw tooDeep(place);
      for (const child of Object.values(value)) open.push([child, depth + 1]);
    }
  }
}

function tooMany(place: string) {
  return objectErrors.tooLarge(place, `${maxValues} values`);
}

function tooDeep(place: string) {
  return objectErrors.invalid(place, `it is nested more than ${maxDepth} deep`);
}

function parseYaml(text: string, place: string): readonly unknown[] {
  if (text.length > maxYamlLength) {
    throw objectErrors.tooLarge(place, `${maxYamlLength} characters of YAML`);
  }
  const counter = new LineCounter();
  const documents = documentsOf(text, counter, place);
  let left = maxValues;
  const at = (node: Node | null | undefined) =>
    node?.range ? `${place}:${counter.linePos(node.range[0]).line}` : place;
  const toPlain = (node: unknown, depth: number): unknown => {
    if (--left < 0) throw tooMany(place);
    if (depth > maxDepth) throw tooDeep(place);
    if (isAlias(node)) {
      throw objectErrors.invalid(
        at(node),
        'it uses an alias, which is not read',
      );
    }
    if (isSeq(node)) return node.items.map(item => toPlain(item, depth + 1));
    if (isMap(node)) {
      return Object.fromEntries(
        node.items.map(({ key, value }) => {
          if (!isScalar(key)) {
            throw objectErrors.invalid(at(node), 'a key of it is no text');
          }
          return [String(key.value), toPlain(value, depth + 1)];
        }),
      );
    }
    return isScalar(node) ? toScalar(node.value) : null;
  };
  return documents.map(({ contents, errors }) => {
    const [error] = errors;
    if (error !== undefined) {
      // Its parser has told of its own depth as of an error of the text.
      if (/call stack/i.test(error.message)) throw tooDeep(place);
      throw objectErrors.invalid(
        `${place}:${counter.linePos(error.pos[0]).line}`,
        error.message.split('\n')[0],
      );
    }
    return toPlain(contents, 0);
  });
}

function documentsOf(
  text: string,
  lineCounter: LineCounter,
  place: string,
): readonly Document.Parsed[] {
  try {
    const parsed = parseAllDocuments(text, {
      lineCounter,
      prettyErrors: false,
      // Its check compares each key with all before it.
      uniqueKeys: false,
      logLevel: 'silent',
    });
    return Array.isArray(parsed) ? parsed : [];
  } catch (error) {
    // What is nested too deeply for its parser.
    if (error instanceof RangeError) throw tooDeep(place);
    throw error;
  }
}

function toScalar(value: unknown): unknown {
  return ['string', 'number', 'boolean'].includes(typeof value) ||
    value === null
    ? value
    : String(value);
}
