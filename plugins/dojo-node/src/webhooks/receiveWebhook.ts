import { z } from 'zod/v3';
import {
  isSigned,
  one,
  type WebhookForge,
  type WebhookHeaders,
} from './isSigned';
import { webhookErrors } from './webhookErrors';

/** What a forge sent, before anything of it is believed. */
export interface ReceivedWebhook {
  /** Of the address that it was sent to. */
  readonly forge: string;
  readonly headers: WebhookHeaders;
  /** The very bytes. */
  readonly body: Buffer;
}

/** Secret of each forge that may tell of pushes; absent: it may not. */
export type WebhookSecrets = { readonly [forge in WebhookForge]?: string };

const address = z.string().max(2_000).optional();

const shapes = {
  github: z
    .object({ repository: z.object({ clone_url: address, ssh_url: address }) })
    .transform(({ repository }) => [repository.clone_url, repository.ssh_url]),
  gitlab: z
    .object({
      project: z.object({ git_http_url: address, git_ssh_url: address }),
    })
    .transform(({ project }) => [project.git_http_url, project.git_ssh_url]),
};

/** Branches and tags: of all that forges tell, what moves refs. */
const pushes: Readonly<Record<WebhookForge, readonly string[]>> = {
  github: ['push', 'create', 'delete'],
  gitlab: ['Push Hook', 'Tag Push Hook'],
};

const events = { github: 'x-github-event', gitlab: 'x-gitlab-event' } as const;

/**
 * The addresses of the repository that a webhook says was pushed to; none where it tells of something else, such as the
 * ping of GitHub. Pure: nothing is read because of it.
 *
 * @throws DojoError `WEBHOOK_NOT_SET_UP`, `WEBHOOK_NOT_SIGNED`, and `WEBHOOK_INVALID` where it is signed but no push.
 */
export function receiveWebhook(
  webhook: ReceivedWebhook,
  secrets: WebhookSecrets,
): string[] {
  const { forge, headers, body } = webhook;
  const secret = isForge(forge) ? secrets[forge] : undefined;
  if (!isForge(forge) || secret === undefined) {
    // The name is whatever stands in an address.
    throw webhookErrors.notSetUp(isForge(forge) ? forge : 'this name');
  }
  if (!isSigned(forge, webhook, secret)) throw webhookErrors.notSigned(forge);
  if (!pushes[forge].includes(one(headers, events[forge]) ?? '')) return [];
  const parsed = shapes[forge].safeParse(jsonOf(body));
  if (!parsed.success) throw webhookErrors.unreadable();
  return parsed.data.filter(each => each !== undefined);
}

function isForge(name: string): name is WebhookForge {
  return name === 'github' || name === 'gitlab';
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw webhookErrors.unreadable(error);
  }
}
