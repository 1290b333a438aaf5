import { mayCarryCredentials } from './may-carry-credentials';

describe('mayCarryCredentials', () => {
  it.each([
    ['https://github.com/acme/ledger', true],
    ['https://registry.acme.test:5000', true],
    ['http://localhost:5000', true],
    ['http://127.0.0.1:8080/x', true],
    ['http://127.8.9.1', true],
    ['http://[::1]:8080', true],
    ['http://github.com/acme/ledger', false],
    ['http://vm:18731/api/v3', false],
    ['http://localhost.evil.test', false],
    ['http://127.0.0.1.evil.test', false],
    ['http://10.0.0.1', false],
    ['ftp://localhost', false],
  ])('says of %s: %s', (url, expected) => {
    expect(mayCarryCredentials(new URL(url))).toBe(expected);
  });
});
