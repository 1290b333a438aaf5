import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { receiveWebhook, type WebhookSecrets } from './receiveWebhook';

const seed = 20261130;
const secrets: WebhookSecrets = {
  github: 'a secret of twenty letters',
  gitlab: 'another secret of letters',
};

const githubPush = JSON.stringify({
  ref: 'refs/heads/main',
  repository: {
    clone_url: 'https://github.com/acme/ledger.git',
    ssh_url: 'git@github.com:acme/ledger.git',
  },
});

const signatureOf = (body: string | Buffer, secret = secrets.github!) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

function github(
  text: string,
  headers: Record<string, string | string[] | undefined> = {},
) {
  return {
    forge: 'github',
    headers: {
      'x-github-event': 'push',
      'x-hub-signature-256': signatureOf(text),
      ...headers,
    },
    body: Buffer.from(text),
  };
}

const gitlab = (token: string | undefined, event = 'Tag Push Hook') => ({
  forge: 'gitlab',
  headers: { 'x-gitlab-token': token, 'x-gitlab-event': event },
  body: Buffer.from(
    JSON.stringify({
      project: {
        git_http_url: 'https://gitlab.test/acme/ledger.git',
        git_ssh_url: 'git@gitlab.test:acme/ledger.git',
      },
    }),
  ),
});

const code = (expected: string) => expect.objectContaining({ code: expected });

/** What it returns, or what it throws. */
function outcomeOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe('receiveWebhook', () => {
  it('names the repository of a push to GitHub', () => {
    expect(receiveWebhook(github(githubPush), secrets)).toEqual([
      'https://github.com/acme/ledger.git',
      'git@github.com:acme/ledger.git',
    ]);
  });

  it('names the project of a push or a tag to GitLab', () => {
    expect(receiveWebhook(gitlab(secrets.gitlab), secrets)).toEqual([
      'https://gitlab.test/acme/ledger.git',
      'git@gitlab.test:acme/ledger.git',
    ]);
  });

  it('knows the example of GitHub’s own documentation', () => {
    // docs.github.com, "Validating webhook deliveries", testing.
    const example = {
      forge: 'github',
      headers: {
        'x-github-event': 'ping',
        'x-hub-signature-256':
          'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
      },
      body: Buffer.from('Hello, World!'),
    };
    expect(
      receiveWebhook(example, { github: "It's a Secret to Everybody" }),
    ).toEqual([]);
  });

  it.each([
    ['no signature', github(githubPush, { 'x-hub-signature-256': undefined })],
    [
      'another secret',
      github(githubPush, {
        'x-hub-signature-256': signatureOf(githubPush, 'x'),
      }),
    ],
    [
      'two signatures',
      github(githubPush, {
        'x-hub-signature-256': [signatureOf(githubPush), 'x'],
      }),
    ],
    [
      'the signature of another body',
      github(githubPush, { 'x-hub-signature-256': signatureOf('{}') }),
    ],
    ['no token', gitlab(undefined)],
    ['a part of the token', gitlab(secrets.gitlab!.slice(0, -1))],
  ])('believes nothing that has %s', (_, webhook) => {
    expect(() => receiveWebhook(webhook, secrets)).toThrow(
      code('WEBHOOK_NOT_SIGNED'),
    );
  });

  it('takes none of a forge without a secret, or of any other name', () => {
    expect(() => receiveWebhook(github(githubPush), {})).toThrow(
      code('WEBHOOK_NOT_SET_UP'),
    );
    expect(() =>
      receiveWebhook({ ...github(githubPush), forge: '__proto__' }, secrets),
    ).toThrow(code('WEBHOOK_NOT_SET_UP'));
  });

  it('does nothing because of what is no push', () => {
    expect(
      receiveWebhook(github('{}', { 'x-github-event': 'star' }), secrets),
    ).toEqual([]);
    expect(receiveWebhook(gitlab(secrets.gitlab, 'Job Hook'), secrets)).toEqual(
      [],
    );
  });

  it('takes any bytes that are signed, or says that they are no push', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), text => {
        expect([expect.any(Array), code('WEBHOOK_INVALID')]).toContainEqual(
          outcomeOf(() => receiveWebhook(github(text), secrets)),
        );
      }),
      { seed },
    );
  });
});
