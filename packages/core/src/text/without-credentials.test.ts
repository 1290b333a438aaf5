import { withoutCredentials } from './without-credentials';

describe('withoutCredentials', () => {
  it.each([
    ['https://example.com/a.git', 'https://example.com/a.git'],
    ['https://ada:hunter2@example.com/a.git', 'https://example.com/a.git'],
    ['https://ada:hun/ter2@example.com/a', 'https://example.com/a'],
    ['https://ada:hun#ter2@example.com/a', 'https://example.com/a'],
    ['https://ada:hun?ter2@example.com/a', 'https://example.com/a'],
    ['https://ada:hun@ter2@example.com/a', 'https://example.com/a'],
    ['https://hunter2@example.com/a', 'https://example.com/a'],
    ['https:/ada:hunter2@example.com/a', 'https:/example.com/a'],
    ['HTTPS:ada:hunter2@example.com/a', 'HTTPS:example.com/a'],
    ['ada:hunter2@example.com/a', 'example.com/a'],
    ['//ada:hunter2@example.com/a', 'example.com/a'],
    ['https://example.com/a?token=hunter2', 'https://example.com/a'],
    ['https://example.com/a#hunter2', 'https://example.com/a'],
    ['https://example.com/a?to=hunter2@b', 'https://b'],
    ['https://ada:hunter2/a', 'https://…'],
    ['https://ada:hunter2', 'https://…'],
    ['https://example.com:8443/a', 'https://example.com:8443/a'],
    ['ssh://git:hunter2@example.com/a', 'ssh://example.com/a'],
    ['git@example.com:acme/a.git', 'git@example.com:acme/a.git'],
    ['hunter2@example.com:acme/a.git', 'example.com:acme/a.git'],
    ['what?/a#b.git', 'what?/a#b.git'],
  ])('shows %s as %s', (text, shown) => {
    expect(withoutCredentials(text)).toBe(shown);
  });
});
