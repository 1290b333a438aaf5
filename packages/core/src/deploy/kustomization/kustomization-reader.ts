import type { YamlEntry, YamlMap, YamlValue } from '../yaml/yaml-value';
import type {
  FollowedEntry,
  ImageEntry,
  Kustomization,
  Place,
  ReferenceUse,
  TargetedPatch,
} from './kustomization';
import { kustomizationErrors } from './kustomization-errors';
import { entryKeys, knownKeys, oldKeys, refusedKeys } from './known-keys';
import { parseFileReference, parseReference } from './parse-reference';

/** Reads one kustomization, of which it must know every key. */
export class KustomizationReader {
  readonly #value: YamlMap;
  readonly #placeOf: (at: number) => Place;
  readonly #follows: FollowedEntry[] = [];

  constructor(value: YamlMap, placeOf: (at: number) => Place) {
    this.#value = value;
    this.#placeOf = placeOf;
  }

  read(): Omit<Kustomization, 'repeated' | 'isPrepared'> {
    for (const [key, { at }] of this.#value.entries) this.#verifyKey(key, at);
    this.#followEach('resources', 'resource');
    this.#followEach('components', 'component');
    for (const key of ['configMapGenerator', 'secretGenerator']) {
      for (const generator of this.#maps(key))
        this.#followFiles(key, generator);
    }
    for (const key of ['patches', 'replacements']) {
      for (const item of this.#maps(key)) {
        const path = this.#text(item, 'path');
        if (path) this.#follow(key, 'yaml', path.text, path.at);
      }
    }
    const namespace = this.#text(this.#value, 'namespace')?.text;
    return {
      value: this.#value,
      ...(namespace !== undefined && { namespace }),
      follows: this.#follows,
      images: this.#images(),
      patches: this.#patches(),
    };
  }

  #verifyKey(key: string, at: number): void {
    if (knownKeys.has(key)) return;
    const place = this.#placeOf(at);
    const now = oldKeys.get(key);
    if (now !== undefined) throw kustomizationErrors.oldKey(place, key, now);
    throw kustomizationErrors.unknownKey(place, key, refusedKeys.get(key));
  }

  #followEach(key: string, use: ReferenceUse): void {
    for (const item of this.#list(key)) {
      const { text, at } = this.#textOf(item, key);
      this.#follow(key, use, text, at);
    }
  }

  #followFiles(key: string, generator: YamlMap): void {
    for (const field of ['files', 'envs']) {
      const entry = generator.entries.get(field);
      if (entry === undefined || isNull(entry.value)) continue;
      for (const item of this.#itemsOf(entry, `${key}.${field}`)) {
        const { text, at } = this.#textOf(item, `${key}.${field}`);
        // `key=path`, of which the first `=` ends the key.
        const path =
          field === 'files' ? text.slice(text.indexOf('=') + 1) : text;
        this.#follow(`${key}.${field}`, 'text', path, at);
      }
    }
  }

  #follow(key: string, use: ReferenceUse, written: string, at: number): void {
    const place = this.#placeOf(at);
    const isFolder = use === 'resource' || use === 'component';
    const reference = isFolder
      ? parseReference(written, place)
      : parseFileReference(written, place);
    this.#follows.push({ use, reference, key, place, at });
  }

  #images(): ImageEntry[] {
    return this.#maps('images').flatMap(item => {
      const name = this.#text(item, 'name');
      const newName = this.#text(item, 'newName');
      if (name === undefined) return [];
      return [
        {
          name: name.text,
          ...(newName !== undefined &&
            newName.text !== '' && { newName: newName.text }),
          place: this.#placeOf(name.at),
        },
      ];
    });
  }

  #patches(): TargetedPatch[] {
    return this.#maps('patches').flatMap((item, index) => {
      const target = item.entries.get('target');
      if (target === undefined || isNull(target.value)) return [];
      if (target.value.kind !== 'map') {
        throw this.#invalid(target.at, 'target is no mapping');
      }
      const map = target.value;
      const fields = [...map.entries.keys()].flatMap(key => {
        const value = this.#text(map, key);
        return value === undefined ? [] : [[key, value.text] as const];
      });
      const patch = this.#text(item, 'patch')?.text;
      const path = this.#text(item, 'path')?.text;
      return [
        {
          index,
          target: Object.fromEntries(fields),
          ...(patch !== undefined && { patch }),
          ...(path !== undefined && { path }),
          place: this.#placeOf(target.at),
        },
      ];
    });
  }

  #list(key: string): readonly YamlValue[] {
    const entry = this.#value.entries.get(key);
    if (entry === undefined || isNull(entry.value)) return [];
    return this.#itemsOf(entry, key);
  }

  #itemsOf({ value, at }: YamlEntry, key: string): readonly YamlValue[] {
    if (value.kind !== 'list') throw this.#invalid(at, `${key} is no list`);
    return value.items;
  }

  /** The mappings of a list, all of whose keys are known. */
  #maps(key: string): YamlMap[] {
    return this.#list(key).map(item => {
      if (item.kind !== 'map') {
        throw this.#invalid(item.at, `an entry of ${key} is no mapping`);
      }
      const known = entryKeys.get(key);
      for (const [field, { at }] of item.entries) {
        if (known?.has(field)) continue;
        const place = this.#placeOf(at);
        throw field === 'env'
          ? kustomizationErrors.oldKey(place, `env of ${key}`, 'a list envs')
          : kustomizationErrors.unknownKey(place, `${field} of ${key}`);
      }
      return item;
    });
  }

  #text(
    map: YamlMap,
    key: string,
  ): { readonly text: string; readonly at: number } | undefined {
    const entry = map.entries.get(key);
    if (entry === undefined || isNull(entry.value)) return undefined;
    return this.#textOf(entry.value, key);
  }

  #textOf(
    value: YamlValue,
    key: string,
  ): { readonly text: string; readonly at: number } {
    if (value.kind !== 'scalar') {
      throw this.#invalid(value.at, `${key} holds something that is no text`);
    }
    return { text: value.plain ?? String(value.value), at: value.at };
  }

  #invalid(at: number, why: string) {
    return kustomizationErrors.invalid(this.#placeOf(at), why);
  }
}

function isNull(value: YamlValue): boolean {
  return value.kind === 'scalar' && value.value === null;
}
