import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileOf, imageIn, linkIn, pageAt } from './docPath';

const docs = resolve(__dirname, '../../../../../docs');

const pages = readdirSync(docs, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.md'))
  .map(file => file.replace(/\.md$/, ''));

describe('pageAt', () => {
  it.each([
    ['/docs', 'index'],
    ['/docs/', 'index'],
    ['/docs/how-to/release', 'how-to/release'],
  ])('is the page of %s', (address, page) => {
    expect(pageAt(address)).toBe(page);
  });
});

describe('fileOf', () => {
  it('is a file below the folder of the portal', () => {
    expect(fileOf('how-to/release', '/')).toBe('/handbook/how-to/release.md');
    expect(fileOf('index', '/portal')).toBe('/portal/handbook/index.md');
  });

  it.each(['../index', 'how-to/../index', '//evil.test/x', 'a/b/c', 'A.md'])(
    'asks for nothing where %j is no page',
    page => {
      expect(fileOf(page, '/')).toBe(undefined);
    },
  );
});

describe('linkIn', () => {
  it.each([
    [
      'how-to/release',
      '../reference/errors.md#release',
      '/docs/reference/errors#release',
    ],
    ['how-to/release', 'migrate.md', '/docs/how-to/migrate'],
    ['how-to/release', '../index.md', '/docs'],
    ['index', '#top', '#top'],
    ['index', 'https://kubernetes.io/docs/', 'https://kubernetes.io/docs/'],
  ])('leads from %s by %s to %s', (page, href, address) => {
    expect(linkIn(page, href)).toBe(address);
  });

  // eslint-disable-next-line no-script-url -- this is what must not become a link
  it.each(['javascript:alert(1)', 'data:text/html,x', 'http://['])(
    'leads nowhere by %s',
    href => {
      expect(linkIn('index', href)).toBe('');
    },
  );
});

describe('imageIn', () => {
  it('is a file of the portal, and none of another host', () => {
    expect(imageIn('how-to/release', '../images/a.png', '/')).toBe(
      '/handbook/images/a.png',
    );
    expect(imageIn('index', 'https://tracker.test/p.gif', '/')).toBe('');
  });
});

describe('docs', () => {
  it('are all reached from their first page, and all listed for TechDocs', () => {
    const index = readFileSync(`${docs}/index.md`, 'utf8');
    const nav = readFileSync(`${docs}/../mkdocs.yml`, 'utf8');
    const reached = pages.filter(page => index.includes(`](${page}.md)`));
    const listed = pages.filter(page => nav.includes(`: ${page}.md`));
    const all = pages.filter(page => page !== 'index').sort();
    expect(reached.sort()).toEqual(all.filter(page => !/0000-/.test(page)));
    expect(listed.sort()).toEqual([...all, 'index'].sort());
  });

  it('lead to pages that are there', () => {
    const broken = pages.flatMap(page => {
      const text = readFileSync(`${docs}/${page}.md`, 'utf8');
      return [...text.matchAll(/\]\(([^)\s]+\.md)(?:#[^)]*)?\)/g)]
        .map(([, href]) => linkIn(page, href))
        .filter(address => address.startsWith('/docs'))
        .filter(address => !pages.includes(pageAt(address)))
        .map(address => `${page}: ${address}`);
    });
    expect(broken).toEqual([]);
  });
});
