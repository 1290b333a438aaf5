import { fetchApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { titleIn, titleOf } from './titleOf';
import { usePageTitle } from './usePageTitle';

/** Names the pages that Backstage leaves with the title of the page before them, or with none. Shows nothing. */
export function RouteTitle() {
  const { pathname } = useLocation();
  const title = titleOf(pathname);
  const asked = useAskedTitle(title?.kind === 'asked' ? title.url : undefined);
  usePageTitle(asked ?? title?.title);
  return null;
}

function useAskedTitle(url: string | undefined): string | undefined {
  const { fetch } = useApi(fetchApiRef);
  const [known, setKnown] = useState<{ url: string; title?: string }>();
  useEffect(() => {
    if (url === undefined) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    fetch(url, { signal })
      .then(async response => titleIn(response.ok && (await response.json())))
      // The page itself says what is wrong.
      .catch(() => undefined)
      .then(title => signal.aborted || setKnown({ url, title }));
    return () => controller.abort();
  }, [url, fetch]);
  return known !== undefined && known.url === url ? known.title : undefined;
}
