import { readPortalUrl } from './read-portal-url';

describe('readPortalUrl', () => {
  const read = (baseUrl: string, env = {}) =>
    readPortalUrl(`backend:\n  baseUrl: ${baseUrl}\n`, env, 'app-config.yaml')
      .href;

  it.each([
    ['http://localhost:7007', 'http://localhost:7007/'],
    ['${PORTAL_URL}', 'https://portal.example/dojo'],
    ['https://${HOST:-portal.example}', 'https://portal.example/'],
  ])('reads %s', (written, expected) => {
    const env = { PORTAL_URL: 'https://portal.example/dojo' };
    expect(read(written, env)).toBe(expected);
  });

  it.each([
    ['${PORTAL_URL}', 'backend.baseUrl: PORTAL_URL is not set'],
    ['portal', 'backend.baseUrl: "portal" is no http(s) URL'],
    ['file:///etc', 'backend.baseUrl: "file:///etc" is no http(s) URL'],
    ['{}', 'backend.baseUrl: Expected string, received object'],
  ])('refuses %s', (written, problem) => {
    expect(() => read(written)).toThrow(
      expect.objectContaining({
        code: 'DEPLOY_CONFIG_INVALID',
        message: `app-config.yaml is not valid: ${problem}`,
      }),
    );
  });
});
