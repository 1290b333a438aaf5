import type {
  BaseAddress,
  ImagePin,
  Splice,
} from 'backstage-plugin-dojo-common';
import { splitTag, toPin } from './image-pins';
import { findBase, isRemote } from './kustomization';
import type { BaseEntry, ImageEntry, Kustomization } from './kustomization';
import { overlayErrors } from './overlay-errors';
import type { PreparedMarks } from './prepared-marks';
import { addPair, addToList, setPart, setText } from './yaml-edits';
import { pairOf, startOf } from './yaml-file';

/** What a kustomization file is to say. */
export interface WishedVersion {
  readonly base: BaseAddress;
  /** 40 hexadecimal digits. */
  readonly commit: string;
  /** For the comment; absent: none is known. */
  readonly tag?: string;
  /** Entries of `images` to set, or to add; all others stay. */
  readonly images: readonly ImagePin[];
  /** Files to be among the resources too. */
  readonly resources: readonly string[];
  /** Of an overlay that was only prepared: the version comes in, and the marks go. */
  readonly marks?: PreparedMarks;
}

/** Digits of a commit that stand for a tag where none is known. */
const shownDigits = 12;

/**
 * The splices that make a kustomization file say the version, and leave everything else byte for byte. They are in order.
 *
 * @param isTag - whether the first word of a comment is a tag, and so to be replaced; a person's words stay.
 * @throws DojoError DEPLOY_BASE_NOT_USED, DEPLOY_BASE_TWICE, DEPLOY_OVERLAY_NOT_EDITABLE, DEPLOY_OVERLAY_UNREADABLE, with
 * file and line.
 */
export function editKustomization(
  kustomization: Kustomization,
  wish: WishedVersion,
  isTag: (word: string) => boolean,
): Splice[] {
  const { file, root, resources, images } = kustomization;
  const { marks } = wish;
  const entry = findBase(kustomization, wish.base);
  const remote = resources.filter(isRemote);
  if (entry === undefined && (marks === undefined || remote.length > 0)) {
    throw overlayErrors.baseNotUsed(
      file.path,
      `${wish.base.repository}//${wish.base.path}`,
      remote,
    );
  }
  const added: ImagePin[] = [];
  const splices = [
    ...(marks?.removal ?? []),
    ...(entry ? editBase(kustomization, entry, wish, isTag) : []),
    ...wish.images.flatMap(pin => {
      const [found, second] = images.filter(({ name }) => name === pin.name);
      if (second !== undefined) {
        throw overlayErrors.notEditable(
          file.at(startOf(second.map)),
          `image ${pin.name}`,
          'it has two entries',
          'Leave one entry.',
        );
      }
      if (found !== undefined) return editImage(kustomization, found, pin);
      added.push(pin);
      return [];
    }),
    // Before what may add a key behind this list.
    ...addResources(kustomization, wish, entry),
    ...addToList(
      file,
      root,
      'images',
      added.map(newEntry),
      // As we write a new overlay.
      marks && { behind: ['resources', 'namespace'] },
    ),
  ];
  return inOrder(splices);
}

/** The base, where it is not there yet, in the first place, and the files behind what is there. */
function addResources(
  { file, root, resources }: Kustomization,
  wish: WishedVersion,
  entry: BaseEntry | undefined,
): Splice[] {
  const files = wish.resources.filter(one => !resources.includes(one));
  const place = { first: true, behind: ['namespace'] };
  if (entry !== undefined) return addToList(file, root, 'resources', files);
  const base = newBase(wish);
  return resources.length === 0
    ? addToList(file, root, 'resources', [base, ...files], place)
    : [
        ...addToList(file, root, 'resources', [base], place),
        ...addToList(file, root, 'resources', files),
      ];
}

function newBase({ base, commit, tag }: WishedVersion) {
  const text = `${base.repository}//${base.path}?ref=${commit}`;
  return { text, comment: tag ?? commit.slice(0, shownDigits) };
}

/** Splices by their places; those at one place stay in the order given. */
export function inOrder(splices: readonly Splice[]): Splice[] {
  return [...splices].sort((a, b) => a.start - b.start);
}

function editBase(
  { file }: Kustomization,
  { node, value, ref, commit, comment, commentAt }: BaseEntry,
  wish: WishedVersion,
  isTag: (word: string) => boolean,
): Splice[] {
  const isSame = commit === wish.commit;
  const border = value.includes('?') ? '&' : '?';
  const refs = setPart(
    file,
    node,
    {
      ...ref,
      text: commit === '' ? `${border}ref=${wish.commit}` : wish.commit,
    },
    'the ref of the base',
  );
  const tag = wish.tag ?? wish.commit.slice(0, shownDigits);
  if (comment !== undefined) {
    const { word, start, end } = comment;
    if (isTag(word)) {
      // Two tags may lead to one commit; without a known tag what stands there is as good.
      const stays = word === tag || (isSame && wish.tag === undefined);
      return stays ? refs : [...refs, { start, end, text: tag }];
    }
    return isSame
      ? refs
      : [...refs, { start, end: start, text: `${tag}${word && ' '}` }];
  }
  return isSame || commentAt === undefined
    ? refs
    : [...refs, { start: commentAt, end: commentAt, text: ` # ${tag}` }];
}

function editImage(
  { file }: Kustomization,
  entry: ImageEntry,
  pin: ImagePin,
): Splice[] {
  const { map } = entry;
  const what = `image ${entry.name}`;
  const held = toPin(entry);
  const pairs = {
    newName: pairOf(file, map, 'newName'),
    newTag: pairOf(file, map, 'newTag'),
    digest: pairOf(file, map, 'digest'),
  };
  const refuse = (why: string) =>
    overlayErrors.notEditable(file.at(startOf(map)), what, why);
  if (held.newName !== pin.newName) {
    throw refuse(
      `its newName is ${held.newName ?? 'not there'}, and not ${
        pin.newName ?? 'left out'
      }`,
    );
  }
  const { digestInTag } = splitTag(entry);
  const splices: Splice[] = [];
  if (pairs.newTag) {
    const tag = pin.newTag ?? '';
    if (tag === '' && digestInTag === undefined) {
      throw refuse('it has a newTag, and the tag to write there is not known');
    }
    const text = digestInTag === undefined ? tag : `${tag}@${pin.digest ?? ''}`;
    if (digestInTag !== undefined && pin.digest === undefined) {
      throw refuse('it has a digest, and none is known');
    }
    splices.push(...setText(file, pairs.newTag.value, text, what));
  }
  if (pairs.digest) {
    if (pin.digest === undefined) {
      throw refuse('it has a digest, and none is known');
    }
    splices.push(...setText(file, pairs.digest.value, pin.digest, what));
  } else if (pin.digest !== undefined && digestInTag === undefined) {
    const after = pairs.newTag ?? pairs.newName ?? pairOf(file, map, 'name')!;
    splices.push(addPair(file, map, after, ['digest', pin.digest]));
  } else if (
    pin.digest === undefined &&
    !pairs.newTag &&
    pin.newTag !== undefined
  ) {
    const after = pairs.newName ?? pairOf(file, map, 'name')!;
    splices.push(addPair(file, map, after, ['newTag', pin.newTag]));
  }
  return splices;
}

/** A digest says it all: a tag beside it would be a second identity. */
function newEntry({ name, newName, newTag, digest }: ImagePin) {
  return [
    ['name', name],
    ...(newName === undefined ? [] : [['newName', newName]]),
    ...(digest === undefined ? [] : [['digest', digest]]),
    ...(digest === undefined && newTag !== undefined
      ? [['newTag', newTag]]
      : []),
  ] as [string, string][];
}
