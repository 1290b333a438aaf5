import { renderTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { docsPlugin } from './docsPlugin';

const pages: Readonly<Record<string, string>> = {
  '/handbook/index.md': '# Docs\n\n[Release](how-to/release.md)\n',
  '/handbook/how-to/release.md':
    '# Release a `component`\n\nPress it. [Errors](../reference/errors.md#ports)\n',
};

/** Serves the pages as the portal does: with its own page for all that is not there. */
async function serve(asked: unknown) {
  const text = pages[String(asked)];
  const type = text === undefined ? 'text/html' : 'text/markdown';
  return {
    ok: true,
    headers: new Headers({ 'content-type': type }),
    text: async () => text ?? '<html>',
  };
}

describe('DocsPage', () => {
  const { fetch, scrollTo } = window;
  beforeEach(() => {
    window.fetch = jest.fn(serve) as never;
    window.scrollTo = jest.fn();
  });
  afterEach(() => {
    window.fetch = fetch;
    window.scrollTo = scrollTo;
  });
  const open = (path: string) =>
    renderTestApp({ features: [docsPlugin], initialRouteEntries: [path] });

  it('begins with the list of all pages', async () => {
    open('/docs');
    const link = await screen.findByRole('link', { name: /^Release/ });
    expect(link).toHaveAttribute('href', '/docs/how-to/release');
    expect(screen.queryByRole('link', { name: 'All docs' })).toBeNull();
  });

  it('shows a page, with its links and its title', async () => {
    open('/docs/how-to/release');
    const link = await screen.findByRole('link', { name: /^Errors/ });
    expect(link).toHaveAttribute('href', '/docs/reference/errors#ports');
    expect(screen.getByRole('link', { name: 'All docs' })).toBeInTheDocument();
    expect(document.title).toContain('Release a component');
  });

  it.each(['/docs/how-to/nothing', '/docs/../app-config'])(
    'says of %s that there is none',
    async path => {
      open(path);
      expect(
        await screen.findByText(/^There is no page .+ in the docs\.$/),
      ).toBeInTheDocument();
    },
  );
});
