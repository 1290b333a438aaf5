import { fieldOf, isMap } from './plain-value';

/** Annotations in which a tool keeps the whole object as it was applied, values of Secrets among it. */
const wholeObjectAnnotations = new Set([
  'banzaicloud.com/last-applied',
  'kapp.k14s.io/original',
  'kubectl.kubernetes.io/last-applied-configuration',
  'objectset.rio.cattle.io/applied',
]);

/** Fields of a Secret that say nothing of what is in it. */
const openFieldsOfSecret = new Set(['apiVersion', 'kind', 'type', 'immutable']);
/** Fields of a Secret of which the names are shown, and no value. */
const namedFieldsOfSecret = new Set(['data', 'stringData']);
const openMetadataOfSecret = new Set(['name', 'namespace', 'labels']);

const secretWords =
  /^(?:pass|pwd|auth|authorization|\w*(?:password|passwd|passphrase|secret|token|credential|apikey|privatekey|accesskey))s?$/;
/** With `key`: `API_KEY`, `tls.key`, and not `CACHE_KEY` or the `key` of a reference. */
const keyWords =
  /^(?:api|access|private|secret|signing|encryption|master|ssh|tls|license)$/;
/** At the end they tell of something about the secret, and not the secret: `TOKEN_URL`, `secretName`. */
const harmlessEnds =
  /^(?:name|names|file|path|dir|ref|url|uri|endpoint|ttl|seconds|enabled|policy|namespace|mount|issuer|audience|type|length)$/;

/** What is known of a place when a value of it is shown. */
export interface Place {
  /** The field that leads to it, without those above. */
  readonly field: string;
  /**
   * `open`: values are shown. `secret`: it is a Secret. `secret-metadata`: its metadata. `named`: a mapping of which the
   * keys are shown and no value. `hidden`: nothing in it is shown.
   */
  readonly view: 'open' | 'secret' | 'secret-metadata' | 'named' | 'hidden';
  /** The names of an entry of a list, before and after: its `value` may be the secret that a name tells of. */
  readonly names?: readonly unknown[];
}

/** The whole of an object, or of what is like one in it. */
export function placeOfRoot(before: unknown, after: unknown): Place {
  return { field: '', view: isSecret(before, after) ? 'secret' : 'open' };
}

/** The place of a field, of two mappings that are compared. */
export function placeOfField(
  place: Place,
  key: string,
  before: unknown,
  after: unknown,
): Place {
  return { field: key, view: viewOf(place, key, before, after) };
}

/** The place of an entry of a list. `names`: what its `name` is, before and after. */
export function placeOfEntry(
  { view }: Place,
  names: readonly unknown[] = [],
): Place {
  return { field: '', view, names };
}

function viewOf(
  { field, view, names = [] }: Place,
  key: string,
  before: unknown,
  after: unknown,
): Place['view'] {
  switch (view) {
    case 'secret':
      if (openFieldsOfSecret.has(key)) return 'open';
      if (key === 'metadata') return 'secret-metadata';
      return namedFieldsOfSecret.has(key) ? 'named' : 'hidden';
    case 'secret-metadata':
      if (openMetadataOfSecret.has(key)) return 'open';
      return key === 'annotations' ? 'named' : 'hidden';
    case 'named':
    case 'hidden':
      return 'hidden';
    default:
      if (isSecret(before, after)) return 'secret';
      if (field === 'annotations' && wholeObjectAnnotations.has(key)) {
        return 'hidden';
      }
      if (key === 'value' && names.some(isSecretName)) return 'hidden';
      return openUnless(
        looksSecret(key) && [before, after].every(isTextOrAbsent),
      );
  }
}

function isSecretName(name: unknown): boolean {
  return typeof name === 'string' && looksSecret(name);
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function openUnless(hides: boolean): Place['view'] {
  return hides ? 'hidden' : 'open';
}

function isSecret(...values: readonly unknown[]): boolean {
  return values.some(
    value => isMap(value) && fieldOf(value, 'kind') === 'Secret',
  );
}

/**
 * Whether a variable, a key of a ConfigMap or a field is by its name the place of a secret. A guess, on the side of
 * hiding: what is no secret is only not shown.
 */
export function looksSecret(name: string): boolean {
  const words = name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '');
  const last = words.at(-1) ?? '';
  if (harmlessEnds.test(last)) return false;
  return words.some(
    (word, index) =>
      secretWords.test(word) ||
      (/^keys?$/.test(word) && keyWords.test(words[index - 1] ?? '')),
  );
}

/**
 * Text without the passwords of addresses in it, `postgres://***@db/ledger`, and without the value of a flag that looks
 * secret, `--token=***`. An image's digest is no password.
 */
export function withoutPasswords(text: string): string {
  const flag = /^--?[\w.-]{1,200}=/.exec(text)?.[0];
  if (flag !== undefined && looksSecret(flag)) return `${flag}***`;
  if (!text.includes('://')) return text;
  return text
    .split(/(\s+)/)
    .map(word => {
      const scheme = word.indexOf('://');
      const at = word.lastIndexOf('@');
      if (scheme < 0 || at < scheme || word.startsWith('@sha256:', at)) {
        return word;
      }
      const start = scheme + '://'.length;
      return word.slice(start, at).includes(':')
        ? `${word.slice(0, start)}***${word.slice(at)}`
        : word;
    })
    .join('');
}
