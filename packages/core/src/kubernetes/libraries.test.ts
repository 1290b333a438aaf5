import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.ts') && !/\.test\.|__/.test(path))
  .map(path => ({ path, text: readFileSync(join(__dirname, path), 'utf8') }));

describe('the libraries of clusters', () => {
  it('are not loaded with the entry of deployments: they cost a start up to 0.9 s and 60 MB', () => {
    jest.isolateModules(() => {
      const loaded: string[] = [];
      for (const name of ['undici', '@kubernetes/client-node']) {
        jest.doMock(name, () => {
          loaded.push(name);
          return {};
        });
      }
      require('../entries/deploy');
      expect(loaded).toEqual([]);
    });
  });

  it.each([
    ['undici', 'wire/wire.ts'],
    ['@kubernetes/client-node', 'access/oidc-token.ts'],
  ])('are loaded by one module each: %s by %s', (name, path) => {
    const naming = sources.filter(({ text }) => text.includes(`'${name}'`));
    expect(naming.map(source => source.path)).toEqual([path]);
    expect(naming[0].text).toContain(`return require('${name}');`);
    expect(naming[0].text).not.toMatch(
      new RegExp(`^import \\{[^}]*\\} from '${name}'`, 'm'),
    );
  });
});
