import { MarkdownContent } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Alert, Container, Link, Skeleton } from '@backstage/ui';
import { useEffect, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { usePageTitle } from '../titles';
import { fileOf, imageIn, linkIn, pageAt } from './docPath';
import styles from './DocsPage.module.css';

type Reading =
  | { readonly kind: 'loading' }
  | { readonly kind: 'read'; readonly text: string }
  | { readonly kind: 'missing' };

/** A page of `docs/`; its links lead to the others. */
export function DocsPage() {
  const { pathname, hash } = useLocation();
  const page = pageAt(pathname);
  const base = useBasePath();
  const reading = useMarkdown(fileOf(page, base));
  const text = reading.kind === 'read' ? reading.text : undefined;
  usePageTitle(
    text === undefined || page === 'index' ? 'Docs' : headlineOf(text),
  );
  useEffect(() => {
    if (text === undefined) return;
    const id = decodeURIComponent(hash.slice(1));
    const target = id === '' ? undefined : document.getElementById(id);
    if (target) target.scrollIntoView();
    else window.scrollTo(0, 0);
  }, [text, hash]);
  return (
    <Container className={styles.page} data-testid="docs">
      {page !== 'index' && (
        <p>
          <Link href="/docs">All docs</Link>
        </p>
      )}
      {reading.kind === 'loading' && <Skeleton width="100%" height={320} />}
      {reading.kind === 'missing' && (
        <Alert
          status="warning"
          icon
          title={`There is no page ${page} in the docs.`}
          description={<Link href="/docs">Open the list of all pages</Link>}
        />
      )}
      {text !== undefined && (
        <MarkdownContent
          className={styles.text}
          content={text}
          transformLinkUri={href => linkIn(page, href)}
          transformImageUri={source => imageIn(page, source, base)}
        />
      )}
    </Container>
  );
}

function useBasePath(): string {
  const baseUrl = useApi(configApiRef).getOptionalString('app.baseUrl');
  return baseUrl && URL.canParse(baseUrl) ? new URL(baseUrl).pathname : '/';
}

function useMarkdown(file: string | undefined): Reading {
  const [reading, setReading] = useState<Reading>({ kind: 'loading' });
  useEffect(() => {
    const { signal, abort } = abortable();
    setReading({ kind: file === undefined ? 'missing' : 'loading' });
    if (file === undefined) return abort;
    fetch(file, { signal })
      .then(async response => {
        // For what is not there the portal answers with its own page.
        const isText = response.headers.get('content-type')?.includes('html');
        if (!response.ok || isText) return { kind: 'missing' } as const;
        return { kind: 'read', text: await response.text() } as const;
      })
      .catch(() => ({ kind: 'missing' } as const))
      .then(next => signal.aborted || setReading(next));
    return abort;
  }, [file]);
  return reading;
}

function abortable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

function headlineOf(markdown: string): string {
  return /^# (.+)$/m.exec(markdown)?.[1].replace(/`/g, '') ?? 'Docs';
}
