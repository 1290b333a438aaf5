/** Stands for the folder while a path is resolved: no name of the web ends so (RFC 2606). */
const place = new URL('http://docs.invalid/');

/** Where the portal serves the files of `docs/`: `public/handbook` leads to them. */
const served = 'handbook';

/** The page whose links lead to all others. */
const first = 'index';

/** Part of the portal's addresses that the pages have. */
const root = '/docs';

/** Which page an address shows, as its path below `docs/` without the extension: `how-to/release`. */
export function pageAt(pathname: string): string {
  const path = pathname.slice(root.length).replace(/^\/+|\/+$/g, '');
  return path === '' ? first : path;
}

/**
 * Where the Markdown of a page is.
 *
 * @param base - path that the portal is served below, `/` or `/portal`
 * @returns `undefined` where it is no name of a page, so that nothing else is asked for
 */
export function fileOf(page: string, base: string): string | undefined {
  return /^[a-z0-9-]+(?:\/[a-z0-9-]+)?$/.test(page)
    ? `${at(base)}${served}/${page}.md`
    : undefined;
}

/** A link as it is written in a page, as an address of the portal or of the web; anything else becomes none. */
export function linkIn(page: string, href: string): string {
  if (href.startsWith('#')) return href;
  const url = resolved(page, href);
  if (url === undefined) return '';
  if (url.origin !== place.origin) return url.href;
  const path = url.pathname.replace(/\.md$/, '');
  return `${root}${path === `/${first}` ? '' : path}${url.hash}`;
}

/** A picture in a page, as an address of the portal; one from elsewhere becomes none. */
export function imageIn(page: string, source: string, base: string): string {
  const url = resolved(page, source);
  return url?.origin === place.origin
    ? `${at(base)}${served}${url.pathname}`
    : '';
}

function resolved(page: string, href: string): URL | undefined {
  const from = new URL(`${page}.md`, place);
  if (!URL.canParse(href, from)) return undefined;
  const url = new URL(href, from);
  return url.protocol === 'https:' || url.protocol === 'http:'
    ? url
    : undefined;
}

function at(base: string): string {
  return base.endsWith('/') ? base : `${base}/`;
}
