import {
  LineCounter,
  isAlias,
  isMap,
  isScalar,
  parseAllDocuments,
  visit,
} from 'yaml';
import type { Document, Node, Pair, ParsedNode, Scalar, YAMLMap } from 'yaml';
import { overlayErrors } from './overlay-errors';

/** A file of an overlay, with the place of each value in its text. */
export interface YamlFile {
  readonly path: string;
  readonly text: string;
  /** Line end of the first line; `\n` where there is none. */
  readonly eol: string;
  readonly documents: readonly Document.Parsed<ParsedNode>[];
  /** `path:line` of an offset. */
  at(offset: number): string;
}

/** A scalar whose text can be replaced: `[start, end)` is what stands between its quotes, if it has any. */
export interface EditableScalar {
  readonly node: Scalar;
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly isQuoted: boolean;
}

/** UTF-16 code units; a larger file is no overlay that a person wrote. */
export const maxFileLength = 1024 * 1024;
/** Parsed documents take memory each. */
const maxDocuments = 200;

/**
 * Parses a file of an overlay.
 *
 * @throws DojoError DEPLOY_OVERLAY_UNREADABLE, with file and line.
 */
export function readYamlFile(path: string, text: string): YamlFile {
  if (text.length > maxFileLength) {
    throw overlayErrors.unreadable(
      path,
      `it has more than ${maxFileLength} characters`,
    );
  }
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter,
    // Its check compares each key with all before it; those that are read here are looked for by themselves.
    uniqueKeys: false,
    prettyErrors: false,
  });
  const at = (offset: number) => `${path}:${lineCounter.linePos(offset).line}`;
  if (!Array.isArray(documents)) {
    return { path, text, eol: '\n', documents: [], at };
  }
  if (documents.length > maxDocuments) {
    throw overlayErrors.unreadable(
      path,
      `it holds more than ${maxDocuments} documents`,
    );
  }
  const [error] = documents.flatMap(({ errors }) => errors);
  if (error) {
    throw overlayErrors.unreadable(at(error.pos[0]), error.message);
  }
  const eol = /\r?\n/.exec(text)?.[0] ?? '\n';
  return { path, text, eol, documents, at };
}

/** Offset of a node's first character. */
export function startOf(node: Node | null | undefined): number {
  return node?.range?.[0] ?? 0;
}

/**
 * The value of a key of a map.
 *
 * @throws DojoError DEPLOY_OVERLAY_UNREADABLE where the key stands twice.
 */
export function pairOf(
  file: YamlFile,
  map: YAMLMap,
  key: string,
): Pair<Node, Node | null> | undefined {
  const [pair, second] = map.items.filter(
    item => isScalar(item.key) && item.key.value === key,
  ) as Pair<Node, Node | null>[];
  if (second !== undefined) {
    throw overlayErrors.unreadable(
      file.at(startOf(second.key)),
      `${key} stands twice`,
    );
  }
  return pair;
}

/** The map under a path of keys; undefined where there is none. */
export function mapAt(
  file: YamlFile,
  root: Node | null | undefined,
  keys: readonly string[],
): YAMLMap | undefined {
  let node: Node | null | undefined = root;
  for (const key of keys) {
    if (!isMap(node)) return undefined;
    node = pairOf(file, node, key)?.value;
  }
  return isMap(node) ? node : undefined;
}

/** The text of a plain scalar or one in quotes; undefined for anything else. */
export function textOf(node: unknown): string | undefined {
  if (!isScalar(node)) return undefined;
  const { value } = node;
  if (typeof value === 'string') return value;
  // What YAML reads as a number is text to who compares it with a tag or a name.
  return typeof value === 'number' || typeof value === 'boolean'
    ? node.source
    : undefined;
}

/**
 * Where the text of a value can be replaced.
 *
 * @throws DojoError DEPLOY_OVERLAY_NOT_EDITABLE for aliases, values that an alias repeats, blocks and escapes.
 */
export function editableScalar(
  file: YamlFile,
  node: unknown,
  what: string,
): EditableScalar {
  const refuse = (why: string) =>
    overlayErrors.notEditable(file.at(startOf(node as Node)), what, why);
  if (isAlias(node)) throw refuse('it is an alias');
  if (!isScalar(node) || !node.range) throw refuse('it is no text');
  if (node.anchor !== undefined && isRepeated(file, node.anchor)) {
    throw refuse('an alias repeats it elsewhere');
  }
  const isQuoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
  if (!isQuoted && node.type !== 'PLAIN') throw refuse('it is a block');
  const [from, to] = node.range;
  const start = isQuoted ? from + 1 : from;
  const end = isQuoted ? to - 1 : to;
  const value = file.text.slice(start, end);
  if (value !== textOf(node)) throw refuse('it is folded or has escapes');
  return { node, start, end, value, isQuoted };
}

function isRepeated({ documents }: YamlFile, anchor: string): boolean {
  return documents.some(document => {
    let isFound = false;
    visit(document, {
      Alias(_, alias) {
        if (alias.source !== anchor) return undefined;
        isFound = true;
        return visit.BREAK;
      },
    });
    return isFound;
  });
}
