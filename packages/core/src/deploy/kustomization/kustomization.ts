import type { YamlMap } from '../yaml/yaml-value';

/** A place in a file that others wrote, as a reader may see it: `ledger/dev/kustomization.yaml:7`. */
export type Place = string;

/** What an entry of a kustomization names. */
export type Reference = LocalReference | RemoteReference;

/** A path of the same repository. */
export interface LocalReference {
  readonly kind: 'local';
  /** From the kustomization's folder, as it was written. */
  readonly path: string;
}

/** A folder of another repository at a commit. */
export interface RemoteReference {
  readonly kind: 'remote';
  /** Address without folder and commit. */
  readonly repository: string;
  /** In the repository; empty: its root. */
  readonly folder: string;
  /** 40 hexadecimal digits. */
  readonly commit: string;
}

/** How kustomize reads what an entry names. */
export type ReferenceUse =
  /** A file of objects, or a folder with a kustomization. */
  | 'resource'
  /** A folder with a kustomization. */
  | 'component'
  /** A file of YAML: a patch, a list of replacements. */
  | 'yaml'
  /** A file whose text becomes a value of a ConfigMap or Secret. */
  | 'text';

/** One entry that makes kustomize read something else. */
export interface FollowedEntry {
  readonly use: ReferenceUse;
  readonly reference: Reference;
  /** Key that it stands under. */
  readonly key: string;
  readonly place: Place;
  /** Offset of the scalar that holds it: what is replaced where it is a remote one. */
  readonly at: number;
}

/** An entry of `images`. */
export interface ImageEntry {
  /** As kustomize takes it: a pattern. */
  readonly name: string;
  readonly newName?: string;
  readonly place: Place;
}

/** A patch that names its objects by a target. */
export interface TargetedPatch {
  /** Index in `patches`. */
  readonly index: number;
  readonly target: Readonly<Record<string, string>>;
  /** Text of the patch, where it stands in the kustomization itself. */
  readonly patch?: string;
  /** File of the patch. */
  readonly path?: string;
  readonly place: Place;
}

/** A kustomization file of which every key is known. */
export interface Kustomization {
  readonly value: YamlMap;
  readonly namespace?: string;
  readonly follows: readonly FollowedEntry[];
  readonly images: readonly ImageEntry[];
  readonly patches: readonly TargetedPatch[];
  /** Keys that stand twice, of which kustomize takes the last. */
  readonly repeated: readonly {
    readonly name: string;
    readonly place: Place;
  }[];
  /** Whether it is an overlay without a version, prepared for a first one. */
  readonly isPrepared: boolean;
}
