import { diffObjects } from './diff-objects';
import { looksSecret, withoutPasswords } from './hidden-values';

const fieldsOf = (before: object, after: object) =>
  diffObjects(
    [before, after].slice(0, 1) as never,
    [before, after].slice(1) as never,
  ).flatMap(({ fields }) => fields);

describe('looksSecret', () => {
  it.each([
    'PASSWORD',
    'DB_PASSWORD',
    'PGPASSWORD',
    'MYSQL_PWD',
    'dbPassword',
    'API_KEY',
    'apiKey',
    'AWS_SECRET_ACCESS_KEY',
    'SECRET_KEY_BASE',
    'GITHUB_TOKEN',
    'access-token',
    'REDIS_AUTH',
    'Authorization',
    'credentials',
    'tls.key',
    'ssh-keys',
    'client_secret',
    'TOKENS',
    'PASSPHRASE',
  ])('hides %s', name => expect(looksSecret(name)).toBe(true));

  it.each([
    'LOG_LEVEL',
    'TOKEN_URL',
    'secretName',
    'PASSWORD_FILE',
    'SECRET_PATH',
    'CACHE_KEY',
    'key',
    'AUTHOR',
    'COMPASS',
    'TOKENIZER',
    'KEYCLOAK_URL',
    'tokenExpirationSeconds',
    'monkey',
    '',
    '___',
  ])('shows %s', name => expect(looksSecret(name)).toBe(false));
});

describe('withoutPasswords', () => {
  it.each([
    ['postgres://ada:hunter2@db/ledger', 'postgres://***@db/ledger'],
    ['x postgres://ada:hun@ter2@db/ledger y', 'x postgres://***@db/ledger y'],
    ['https://db/ledger', 'https://db/ledger'],
    ['https://ada@db/ledger', 'https://ada@db/ledger'],
    ['oci://localhost:5000/a@sha256:00', 'oci://localhost:5000/a@sha256:00'],
    ['ghcr.io/a/b@sha256:00', 'ghcr.io/a/b@sha256:00'],
    ['--token=hunter2', '--token=***'],
    ['-db-password=a b', '-db-password=***'],
    ['--level=info', '--level=info'],
  ])('%s', (text, shown) => expect(withoutPasswords(text)).toBe(shown));
});

describe('the values of a Secret', () => {
  const secret = (rest: object) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'db' },
    ...rest,
  });

  it('are told to differ, under their names', () => {
    expect(
      fieldsOf(
        secret({ type: 'Opaque', data: { a: 'eA==', b: 'eA==', c: 'eA==' } }),
        secret({ type: 'Other', data: { a: 'eQ==', b: 'eA==', d: 'eA==' } }),
      ),
    ).toEqual([
      { path: '.data.a', before: '(hidden)', after: '(hidden) (changed)' },
      { path: '.data.c', before: '(hidden)' },
      { path: '.data.d', after: '(hidden)' },
      { path: '.type', before: 'Opaque', after: 'Other' },
    ]);
  });

  it('are hidden, and its labels are not', () => {
    const labelled = (value: string) => ({
      ...secret({}),
      metadata: {
        name: 'db',
        labels: { tier: value },
        annotations: { note: value },
      },
    });
    expect(fieldsOf(labelled('a'), labelled('b'))).toEqual([
      {
        path: '.metadata.annotations.note',
        before: '(hidden)',
        after: '(hidden) (changed)',
      },
      { path: '.metadata.labels.tier', before: 'a', after: 'b' },
    ]);
  });
});

describe('a password in an address', () => {
  it('is told to have changed', () => {
    const map = (url: string) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'db' },
      data: { url },
    });
    expect(fieldsOf(map('a://u:one@h'), map('a://u:two@h'))).toEqual([
      { path: '.data.url', before: 'a://***@h', after: 'a://***@h (changed)' },
    ]);
  });
});
