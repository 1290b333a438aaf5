import { parseBaseAddress } from 'backstage-plugin-dojo-common';
import type { BaseAddress } from 'backstage-plugin-dojo-common';
import { isMap, isSeq } from 'yaml';
import type { Node, YAMLMap } from 'yaml';
import { overlayErrors } from './overlay-errors';
import { pairOf, startOf, textOf } from './yaml-file';
import type { YamlFile } from './yaml-file';

/** The names that kustomize takes for its file, in its order. */
export const kustomizationNames = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
] as const;

/** The entry of `resources` that names the base, with the places of what a version changes in it. */
export interface BaseEntry {
  readonly node: Node;
  /** Text of the whole entry. */
  readonly value: string;
  /** `[from, to)` of the ref in that text; empty and behind a `?ref=` still to be written where there is none. */
  readonly ref: { readonly from: number; readonly to: number };
  /** The ref as it stands there; empty: none. */
  readonly commit: string;
  /** The first word of the comment in the same line, and where in the file it is. */
  readonly comment?: {
    readonly word: string;
    readonly start: number;
    readonly end: number;
  };
  /** Where a comment may be added; absent: something else stands behind the entry. */
  readonly commentAt?: number;
}

/** An entry of `images`. */
export interface ImageEntry {
  readonly map: YAMLMap;
  readonly name: string;
  readonly newName?: string;
  readonly newTag?: string;
  readonly digest?: string;
}

/** A kustomization file, as far as a version stands in it. */
export interface Kustomization {
  readonly file: YamlFile;
  readonly root: YAMLMap;
  /** Texts of the entries of `resources`; a remote one as it stands there. */
  readonly resources: readonly string[];
  readonly images: readonly ImageEntry[];
}

/**
 * Reads a kustomization file.
 *
 * @throws DojoError DEPLOY_OVERLAY_UNREADABLE, with file and line.
 */
export function readKustomization(file: YamlFile): Kustomization {
  const [document, second] = file.documents;
  if (second !== undefined) {
    throw overlayErrors.unreadable(
      file.at(startOf(second.contents)),
      'it holds more than one document',
    );
  }
  const root = document?.contents;
  if (!isMap(root) || root.items.length === 0) {
    throw overlayErrors.unreadable(file.path, 'it is no map of keys');
  }
  return {
    file,
    root,
    resources: itemsOf(file, root, 'resources').flatMap(
      node => textOf(node) ?? [],
    ),
    images: itemsOf(file, root, 'images').flatMap(node =>
      isMap(node) ? toImage(file, node) : [],
    ),
  };
}

/**
 * The entry of the base.
 *
 * @returns undefined where no entry names it.
 * @throws DojoError DEPLOY_BASE_TWICE
 */
export function findBase(
  { file, root }: Kustomization,
  base: BaseAddress,
): BaseEntry | undefined {
  const [entry, second] = itemsOf(file, root, 'resources').flatMap(node => {
    const value = textOf(node);
    return value !== undefined && isOfBase(value, base)
      ? toBaseEntry(file, node, value)
      : [];
  });
  if (second !== undefined) {
    throw overlayErrors.baseTwice(
      file.at(startOf(second.node)),
      `${base.repository}//${base.path}`,
    );
  }
  return entry;
}

/** Whether it is an address, and no file of the infra repository. */
export function isRemote(resource: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:|^[^/]*@[^/]*:|.\/\/./.test(resource);
}

function itemsOf(file: YamlFile, root: YAMLMap, key: string): Node[] {
  const value = pairOf(file, root, key)?.value;
  return isSeq(value) ? (value.items as Node[]) : [];
}

function isOfBase(entry: string, base: BaseAddress): boolean {
  const [address] = entry.split('?', 1);
  const parsed = parseBaseAddress(address);
  return (
    typeof parsed !== 'string' &&
    parsed.path === base.path &&
    withoutSuffix(parsed.repository) === withoutSuffix(base.repository)
  );
}

/** Hosts serve a repository with and without it. */
function withoutSuffix(repository: string): string {
  return repository.replace(/\/$/, '').replace(/\.git$/, '');
}

function toBaseEntry(file: YamlFile, node: Node, value: string): BaseEntry {
  const ref = /[?&](?:ref|version)=([^&]*)/.exec(value);
  const to = ref ? ref.index + ref[0].length : value.length;
  const from = ref ? to - ref[1].length : to;
  return {
    node,
    value,
    ref: { from, to },
    commit: ref?.[1] ?? '',
    ...commentOf(file, node.range![1]),
  };
}

/** What stands behind a value in its line; behind an item of a flow list, behind the list's end too. */
function commentOf(
  { text }: YamlFile,
  end: number,
): Pick<BaseEntry, 'comment' | 'commentAt'> {
  const newline = text.indexOf('\n', end);
  const line = text
    .slice(end, newline < 0 ? text.length : newline)
    .replace(/\r$/, '');
  const found = /^[ \t,\]}]*[ \t]#[ \t]*/.exec(line);
  if (found === null) {
    return /^[ \t,\]}]*$/.test(line)
      ? { commentAt: end + line.trimEnd().length }
      : {};
  }
  const start = end + found[0].length;
  // Of a word that ends a clause the mark is no part: `v0.1.0, see RUNBOOK.md`.
  const word = /^[A-Za-z0-9._/+-]*[A-Za-z0-9_+]/.exec(
    line.slice(found[0].length),
  )?.[0];
  return word === undefined
    ? { comment: { word: '', start, end: start } }
    : { comment: { word, start, end: start + word.length } };
}

function toImage(file: YamlFile, map: YAMLMap): ImageEntry[] {
  const value = (key: string) => textOf(pairOf(file, map, key)?.value);
  const name = value('name');
  if (name === undefined) return [];
  const newName = value('newName');
  const newTag = value('newTag');
  const digest = value('digest');
  return [
    {
      map,
      name,
      ...(newName !== undefined && { newName }),
      ...(newTag !== undefined && { newTag }),
      ...(digest !== undefined && { digest }),
    },
  ];
}
