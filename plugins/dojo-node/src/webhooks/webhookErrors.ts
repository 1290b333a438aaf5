import { DojoError } from 'backstage-plugin-dojo-common';

/** The errors of what a forge tells. None says what would have been right. */
export const webhookErrors = {
  notSetUp: (forge: string) =>
    new DojoError({
      code: 'WEBHOOK_NOT_SET_UP',
      kind: 'not-found',
      message: `no webhook of ${forge} is taken here`,
      hint: 'Set dojo.webhooks in app-config.yaml; it knows github and gitlab.',
    }),
  notSigned: (forge: string) =>
    new DojoError({
      code: 'WEBHOOK_NOT_SIGNED',
      kind: 'denied',
      message: `the webhook is not signed with the secret of ${forge}`,
      hint: 'Give the webhook on the forge the secret of dojo.webhooks.',
    }),
  unreadable: (cause?: unknown) =>
    new DojoError({
      code: 'WEBHOOK_INVALID',
      kind: 'input',
      message: 'the webhook is no JSON of a push',
      hint: 'Choose application/json as its content type on the forge.',
      cause,
    }),
};
