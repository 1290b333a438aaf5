import { parseBaseAddress } from './base-address';
import { deploymentRequestSchema } from './deployment-request';

const request = {
  component: 'ledger',
  environment: 'dev',
  infra: 'file:infra.git',
  base: 'https://git.example.test/acme/ledger.git//deploy/k8s/base',
  version: 'v0.3.0',
};

/** Problems of a request with these fields. */
function problems(fields: object): string[] {
  const parsed = deploymentRequestSchema.safeParse({ ...request, ...fields });
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path}: ${message}`);
}

describe('deploymentRequestSchema', () => {
  it('takes each of the wishes', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ version: undefined, promoteFrom: 'qa' })).toEqual([]);
    expect(problems({ version: undefined, rollbackTo: 'previous' })).toEqual(
      [],
    );
    expect(problems({ version: undefined, prepare: true })).toEqual([]);
    expect(problems({ prepare: false })).toEqual([]);
    for (const version of [
      '2e10',
      '20261129',
      '1.10',
      '0x1F',
      '1_000',
      'api/v1.0.0+b',
    ]) {
      expect(problems({ version })).toEqual([]);
    }
    expect(
      problems({ host: '*.example.test', storage: { size: '1.5Gi' } }),
    ).toEqual([]);
  });

  it.each([
    [{ version: undefined }, 'exactly one of'],
    [{ rollbackTo: 'previous' }, 'exactly one of'],
    [{ prepare: true }, 'exactly one of'],
    [{ version: undefined, prepare: false }, 'exactly one of'],
    [{ version: undefined, promoteFrom: 'dev' }, 'another environment'],
    [{ version: '--upload-pack=touch' }, 'name of a tag'],
    [{ version: 'v1..v2' }, 'must not hold ..'],
    [{ version: 'v1 v2' }, 'name of a tag'],
    [{ version: 'v1:refs/heads/main' }, 'name of a tag'],
    [{ component: '../billing' }, 'lower-case letters'],
    [{ component: 'Ledger' }, 'lower-case letters'],
    [{ environment: 'a'.repeat(64) }, 'at most 63'],
    [{ environment: 'a'.repeat(60) }, 'longer than 63'],
    [{ host: 'a b' }, 'host name'],
    [{ host: 'a\nb' }, 'host name'],
    [{ storage: { size: '0Gi' } }, 'above zero'],
    [{ storage: { size: '-1Gi' } }, 'must be a size'],
    [{ storage: { size: '1Gi', extra: 1 } }, 'Unrecognized'],
    [{ base: 'https://x/y.git' }, '<repository>//<path>'],
    [{ base: 'https://u:p@x/y.git//z' }, 'credentials'],
    [{ base: 'https://x/y.git//../z' }, 'below the root'],
    [{ base: 'https://x/y.git//z?ref=main' }, 'a query'],
    [{ base: '-x//y' }, 'hyphen'],
    [{ unknown: 1 }, 'Unrecognized'],
  ])('refuses %j', (fields, message) => {
    expect(problems(fields).join()).toContain(message);
  });
});

describe('parseBaseAddress', () => {
  it.each([
    [
      'file:///srv/ledger.git//deploy/k8s/base',
      'file:///srv/ledger.git',
      'deploy/k8s/base',
    ],
    ['git@host:acme/ledger.git//base/', 'git@host:acme/ledger.git', 'base'],
    ['file:ledger.git//base', 'file:ledger.git', 'base'],
    ['/srv/ledger.git//base', '/srv/ledger.git', 'base'],
  ])('reads %s', (text, repository, path) => {
    expect(parseBaseAddress(text)).toEqual({ repository, path });
  });
});
