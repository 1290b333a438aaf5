/** What somebody looks for. */
export type WantedRef =
  | { readonly kind: 'pull-request'; readonly number: number }
  | { readonly kind: 'commit'; readonly prefix: string }
  | { readonly kind: 'version'; readonly version: string };

const maxLength = 200;

/** Seven digits or more are a commit's; fewer, without letters, and any after a `#` a pull request's. */
export function parseRef(text: string): WantedRef {
  const ref = text.trim().slice(0, maxLength);
  const number = /^#(\d{1,9})$/.exec(ref)?.[1] ?? /^(\d{1,6})$/.exec(ref)?.[1];
  if (number !== undefined) {
    return { kind: 'pull-request', number: Number(number) };
  }
  return /^[0-9a-f]{7,64}$/i.test(ref)
    ? { kind: 'commit', prefix: ref.toLowerCase() }
    : { kind: 'version', version: ref };
}
