import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** A forge that tells of pushes. */
export type WebhookForge = 'github' | 'gitlab';

/** Headers as Node gives them: names in lower case. */
export type WebhookHeaders = Readonly<
  Record<string, string | readonly string[] | undefined>
>;

/**
 * Whether a webhook was sent by who knows the secret; the time that it takes tells nothing of it.
 *
 * GitHub signs the bytes of the body (docs.github.com, "Validating webhook deliveries"), GitLab sends the secret itself
 * (docs.gitlab.com, "Webhooks", secret token).
 */
export function isSigned(
  forge: WebhookForge,
  {
    headers,
    body,
  }: { readonly headers: WebhookHeaders; readonly body: Buffer },
  secret: string,
): boolean {
  if (forge === 'gitlab') return isSame(one(headers, 'x-gitlab-token'), secret);
  const digest = createHmac('sha256', secret).update(body).digest('hex');
  return isSame(one(headers, 'x-hub-signature-256'), `sha256=${digest}`);
}

/** The header, where it is there once. */
export function one(headers: WebhookHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** Digests have one length, whatever was sent. */
function isSame(sent: string | undefined, right: string): boolean {
  if (sent === undefined) return false;
  const digestOf = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digestOf(sent), digestOf(right));
}
