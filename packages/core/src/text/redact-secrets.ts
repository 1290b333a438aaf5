/** What stands where a secret stood. */
const mark = '[redacted]';

/** Shorter texts are not taken for secrets: they would blank out half of every message. */
const shortest = 4;

/**
 * Removes secrets from text that a system sent back, in each form in which a header or a URL may have carried them:
 * raw, base64, base64url, URL-encoded. A base64 form is also found inside `user:secret` for the users given.
 */
export function redactSecrets(
  text: string,
  secrets: readonly string[],
  users: readonly string[] = [],
): string {
  const forms = secrets
    .filter(secret => secret.length >= shortest)
    .flatMap(secret => [
      ...formsOf(secret),
      ...users.flatMap(user => formsOf(`${user}:${secret}`)),
    ])
    .sort((a, b) => b.length - a.length);
  return forms.reduce((left, form) => left.replaceAll(form, mark), text);
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const base64 = bytes.toString('base64');
  return [
    ...new Set([
      secret,
      base64,
      base64.replace(/=+$/, ''),
      bytes.toString('base64url'),
      encodeURIComponent(secret),
      new URLSearchParams({ s: secret }).toString().slice(2),
    ]),
  ];
}
