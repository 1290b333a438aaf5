import type { Splice } from 'backstage-plugin-dojo-common';
import { isMap, isSeq } from 'yaml';
import type { Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import { overlayErrors } from './overlay-errors';
import { editableScalar, pairOf, startOf } from './yaml-file';
import type { YamlFile } from './yaml-file';
import { isPlain, yamlLine, yamlText } from './yaml-text';

/** A map entry to be written: keys and values in their order. */
export type NewEntry = readonly (readonly [key: string, value: string])[];

/** A text to be written with a comment behind it, which a list in one line has no place for. */
export interface CommentedText {
  readonly text: string;
  readonly comment: string;
}

type NewItem = string | CommentedText | NewEntry;

/** Where a list gets its items, and the root a list that it lacks. */
export interface ListPlace {
  /** Before the items that are there; default: behind them. */
  readonly first?: boolean;
  /** Keys of the root, of which the first that is there is followed by a new list; default: the last one. */
  readonly behind?: readonly string[];
}

/**
 * Sets the text of a value; quotes stay, and are added where the new text needs them.
 *
 * @returns nothing where it is that text already.
 * @throws DojoError DEPLOY_OVERLAY_NOT_EDITABLE
 */
export function setText(
  file: YamlFile,
  node: unknown,
  text: string,
  what: string,
): Splice[] {
  const { start, end, value, isQuoted } = editableScalar(file, node, what);
  if (value === text) return [];
  const isQuotable = !/["'\\\p{Cc}]/u.test(text);
  return [
    {
      start,
      end,
      text: isQuoted && isQuotable ? text : plainText(text, value),
    },
  ];
}

/** Where a text with a colon stood without quotes, another one may. */
function plainText(text: string, former: string): string {
  return isPlain(former) ? yamlText(text) : yamlLine(text);
}

/** Replaces a part of a value's text with something that needs no quotes. */
export function setPart(
  file: YamlFile,
  node: unknown,
  part: { readonly from: number; readonly to: number; readonly text: string },
  what: string,
): Splice[] {
  const { start, value } = editableScalar(file, node, what);
  if (value.slice(part.from, part.to) === part.text) return [];
  return [{ start: start + part.from, end: start + part.to, text: part.text }];
}

/** Adds texts or maps to a list, in the list's own style. */
function addItems(
  file: YamlFile,
  list: YAMLSeq,
  items: readonly NewItem[],
  { first = false }: ListPlace,
): Splice[] {
  const last = list.items.at(-1) as Node | undefined;
  if (list.flow) {
    const text = items.map(inFlow).join(', ');
    if (last === undefined) return [insert(startOf(list) + 1, text)];
    return [
      first
        ? insert(startOf(list.items[0] as Node), `${text}, `)
        : insert(endOf(last), `, ${text}`),
    ];
  }
  const indent = indentOf(file, startOf(list), 'the list');
  const gap = /^-([ \t]+)\S/.exec(file.text.slice(startOf(list)))?.[1] ?? ' ';
  const lines = items.flatMap(item => itemLines(item, indent, gap));
  return [
    first
      ? insert(
          startOf(list) - indent.length,
          lines.map(line => `${line}${file.eol}`).join(''),
        )
      : insertLines(file, endOf(last as Node), lines),
  ];
}

/** Adds a key behind another of the same map. */
export function addPair(
  file: YamlFile,
  map: YAMLMap,
  after: Pair<Node, Node | null>,
  [key, value]: readonly [string, string],
): Splice {
  const end = endOf(after.value ?? after.key);
  if (map.flow) {
    return insert(end, `, ${key}: ${JSON.stringify(value)}`);
  }
  const indent = ' '.repeat(columnOf(file, startOf(after.key)));
  return insertLines(file, end, [`${indent}${key}: ${yamlLine(value)}`]);
}

/** Adds items to the list under a key of the root, and the key where it is not there. */
export function addToList(
  file: YamlFile,
  root: YAMLMap,
  key: string,
  items: readonly NewItem[],
  place: ListPlace = {},
): Splice[] {
  if (items.length === 0) return [];
  const pair = pairOf(file, root, key);
  const list = pair?.value;
  if (isSeq(list) && (list.flow || list.items.length > 0)) {
    return addItems(file, list, items, place);
  }
  const refuse = (why: string) =>
    overlayErrors.notEditable(file.at(startOf(pair?.key)), key, why);
  if (pair !== undefined && !isEmpty(list)) throw refuse('it is no list');
  const [before] = (place.behind ?? []).flatMap(
    name => pairOf(file, root, name) ?? [],
  );
  const last = before ?? (root.items.at(-1) as Pair<Node, Node | null>);
  if (root.flow) {
    if (pair !== undefined) throw refuse('it is empty');
    return [
      insert(
        endOf(last.value ?? last.key),
        `, ${key}: [${items.map(inFlow).join(', ')}]`,
      ),
    ];
  }
  const indent = indentOf(file, startOf(root.items[0].key as Node), key);
  // As we write a new overlay.
  const gap = pair === undefined ? `${indent}  ` : indent;
  const lines = items.flatMap(item => itemLines(item, gap, ' '));
  return pair === undefined
    ? [
        insertLines(file, endOf(last.value ?? last.key), [
          `${indent}${key}:`,
          ...lines,
        ]),
      ]
    : [insertLines(file, endOf(pair.key), lines)];
}

function isEmpty(node: Node | null | undefined): boolean {
  return (
    node === null ||
    node === undefined ||
    (!isMap(node) && !isSeq(node) && node.range?.[0] === node.range?.[1])
  );
}

function itemLines(item: NewItem, indent: string, gap: string): string[] {
  if (typeof item === 'string') return [`${indent}-${gap}${yamlLine(item)}`];
  if ('comment' in item) {
    return [`${indent}-${gap}${yamlLine(item.text)} # ${item.comment}`];
  }
  return item.map(
    ([key, value], at) =>
      `${indent}${
        at === 0 ? `-${gap}` : ` ${' '.repeat(gap.length)}`
      }${key}: ${yamlLine(value)}`,
  );
}

/** Values in quotes: a colon inside a plain one is read differently by different readers there. */
function inFlow(item: NewItem): string {
  if (typeof item === 'string') {
    return isPlain(item) ? item : JSON.stringify(item);
  }
  if ('comment' in item) return JSON.stringify(item.text);
  return `{${item
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join(', ')}}`;
}

/** The white space before something that begins its line. */
function indentOf(file: YamlFile, offset: number, what: string): string {
  const start = file.text.lastIndexOf('\n', offset - 1) + 1;
  const indent = file.text.slice(start, offset).replace(/^\ufeff/, '');
  if (/^[ ]*$/.test(indent)) return indent;
  throw overlayErrors.notEditable(
    file.at(offset),
    what,
    'it does not begin a line',
  );
}

function columnOf(file: YamlFile, offset: number): number {
  const start = file.text.lastIndexOf('\n', offset - 1) + 1;
  return file.text.slice(start, offset).replace(/^\ufeff/, '').length;
}

/** Behind the last character of a node's text. */
function endOf(node: Node): number {
  return node.range![1];
}

function insert(at: number, text: string): Splice {
  return { start: at, end: at, text };
}

/** Lines of their own behind the line in which a node ends; a comment behind the node stays with it. */
function insertLines(
  file: YamlFile,
  end: number,
  lines: readonly string[],
): Splice {
  const { text, eol } = file;
  // A block's range reaches over the empty lines behind it.
  let last = end;
  while (last > 0 && /\s/.test(text[last - 1])) last -= 1;
  const newline = text.indexOf('\n', last);
  return newline < 0
    ? insert(text.length, lines.map(line => `${eol}${line}`).join(''))
    : insert(newline + 1, lines.map(line => `${line}${eol}`).join(''));
}
