import { exampleAddresses } from './notSetUp';

describe('exampleAddresses', () => {
  it.each([
    [
      'its first host',
      { allowedHosts: ['git.example', 'github.com'] },
      'https://git.example/acme/plain',
    ],
    [
      'its local forge',
      { allowedHosts: ['github.com'], localForgeRoot: '/forge' },
      'file:plain.git',
    ],
    ['a known one', { allowedHosts: [] }, 'https://github.com/acme/plain'],
  ])('are of a place that the portal may read: %s', (_, config, address) => {
    expect(exampleAddresses(config)('plain')).toBe(address);
  });
});
