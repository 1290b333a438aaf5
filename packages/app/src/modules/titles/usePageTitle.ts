import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useEffect } from 'react';

/** Names the page in the browser's tabs and history as Backstage's own pages do. @param title - undefined: it is left. */
export function usePageTitle(title: string | undefined): void {
  const app =
    useApi(configApiRef).getOptionalString('app.title') ?? 'Dojo Portal';
  useEffect(() => {
    if (title !== undefined) document.title = `${title} | ${app}`;
  }, [title, app]);
}
