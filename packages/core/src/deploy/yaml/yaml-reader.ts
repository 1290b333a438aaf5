import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Node, Pair, ParsedNode, YAMLMap } from 'yaml';
import { resolveScalar } from './resolve-scalar';
import type { YamlEntry, YamlScalar, YamlValue } from './yaml-value';

/** How much of a foreign document is read. */
export interface YamlLimits {
  /** Values, those that aliases repeat counted each time. */
  readonly maxValues: number;
  readonly maxDepth: number;
}

/** What ends the reading: a problem of the text, and where. */
export class YamlProblem extends Error {
  constructor(message: string, readonly at?: number) {
    super(message);
  }
}

/** A key that stands in its mapping again, and where. */
export interface RepeatedKey {
  readonly name: string;
  readonly at: number;
}

interface Read {
  readonly value: YamlValue;
  /** Values in it, itself included. */
  readonly size: number;
}

const textTag = 'tag:yaml.org,2002:str';

/** Turns the parser's nodes of one text into values, and counts them. */
export class YamlReader {
  /** Keys that stand in their mapping again. */
  readonly repeated: RepeatedKey[] = [];
  readonly #limits: YamlLimits;
  readonly #anchors = new Map<string, Read>();
  #left: number;

  constructor(limits: YamlLimits) {
    this.#limits = limits;
    this.#left = limits.maxValues;
  }

  read(node: ParsedNode): YamlValue {
    // An anchor is one of its own document only.
    this.#anchors.clear();
    return this.#read(node, 0).value;
  }

  #read(node: Node | null, depth: number): Read {
    if (depth > this.#limits.maxDepth) {
      throw new YamlProblem(
        `it is nested more than ${this.#limits.maxDepth} deep`,
        node?.range?.[0],
      );
    }
    const before = this.#left;
    this.#take(1, node);
    const value = this.#valueOf(node, depth);
    const read = { value, size: before - this.#left };
    if (node !== null && !isAlias(node)) {
      const { anchor } = node as { anchor?: string };
      if (anchor !== undefined) this.#anchors.set(anchor, read);
    }
    return read;
  }

  #take(count: number, node: Node | null): void {
    this.#left -= count;
    if (this.#left < 0) {
      throw new YamlProblem(
        `it holds more than ${
          this.#limits.maxValues
        } values, those that aliases repeat counted each time`,
        node?.range?.[0],
      );
    }
  }

  #valueOf(node: Node | null, depth: number): YamlValue {
    const at = node?.range?.[0] ?? 0;
    if (isAlias(node)) {
      const found = this.#anchors.get(node.source);
      if (found === undefined) {
        throw new YamlProblem(`the alias *${node.source} has no anchor`, at);
      }
      this.#take(found.size, node);
      return found.value;
    }
    if (isSeq(node)) {
      const items = (node.items as (Node | null)[]).map(
        item => this.#read(item, depth + 1).value,
      );
      return { kind: 'list', items, at };
    }
    if (isMap(node)) return this.#map(node, depth, at);
    const scalar = scalarOf(node, at);
    // A long text that aliases repeat is as large as many short ones.
    this.#take(lengthOf(scalar) >> 6, node);
    return scalar;
  }

  #map(node: YAMLMap, depth: number, at: number): YamlValue {
    const own = new Map<string, YamlEntry>();
    const merged: YamlValue[] = [];
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      const key = this.#key(pair.key, at);
      const { value } = this.#read(pair.value, depth + 1);
      if (key.plain === '<<') {
        merged.push(...(value.kind === 'list' ? value.items : [value]));
        continue;
      }
      const name = String(key.value);
      // As kubectl and kustomize do it: the last one counts.
      if (own.has(name)) this.repeated.push({ name, at: key.at });
      own.set(name, { value, at: key.at });
    }
    for (const more of merged) {
      if (more.kind !== 'map') {
        throw new YamlProblem('<< merges something that is no mapping', at);
      }
      this.#take(more.entries.size, node);
      for (const [name, entry] of more.entries) {
        if (!own.has(name)) own.set(name, entry);
      }
    }
    return { kind: 'map', entries: own, at };
  }

  #key(node: Node | null, at: number): YamlScalar {
    const key = isAlias(node)
      ? this.#anchors.get(node.source)?.value
      : scalarOf(node, node?.range?.[0] ?? at);
    if (key?.kind !== 'scalar') {
      throw new YamlProblem('a key is no plain text', at);
    }
    const anchor = isScalar(node) ? node.anchor : undefined;
    if (anchor !== undefined)
      this.#anchors.set(anchor, { value: key, size: 1 });
    return key;
  }
}

function lengthOf({ value }: YamlScalar): number {
  return typeof value === 'string' ? value.length : 0;
}

/** @param at where it stands, or what it is in. */
function scalarOf(node: Node | null, at: number): YamlScalar {
  if (node === null) return { kind: 'scalar', value: null, plain: '', at };
  if (!isScalar(node)) {
    throw new YamlProblem('a key is no plain text', at);
  }
  const text = node.source ?? '';
  if (node.type !== 'PLAIN' || node.tag === textTag) {
    return { kind: 'scalar', value: text, at };
  }
  return { kind: 'scalar', value: resolveScalar(text), plain: text, at };
}
