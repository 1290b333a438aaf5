import { registryProblems, warnOfRegistries } from './registryProblems';

const registries = [
  { host: 'quay.io' },
  {
    host: 'docker.io',
    username: 'bot',
    missing: 'dojo.registries.1.password',
  },
];

describe('registryProblems', () => {
  it('names the key that the registry of an image lacks, whatever the image is called', () => {
    const problem = registryProblems(registries);
    for (const image of ['docker.io/acme/ledger', 'acme/ledger', 'ledger']) {
      expect(problem(image)).toMatchObject({
        code: 'REGISTRY_KEY_MISSING',
        message: expect.stringContaining('dojo.registries.1.password'),
      });
    }
  });

  it.each(['quay.io/acme/ledger', 'ghcr.io/acme/ledger', 'oci:images/a', 'A:'])(
    'says nothing of %s',
    image => {
      expect(registryProblems(registries)(image)).toBeUndefined();
    },
  );
});

describe('warnOfRegistries', () => {
  it('names each key that is missing, once', () => {
    const warn = jest.fn();
    warnOfRegistries(registries, { warn });
    expect(warn.mock.calls).toEqual([
      [
        'dojo.registries.1.password is missing: the registry docker.io is not asked',
      ],
    ]);
  });
});
