import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { Muted } from 'backstage-plugin-dojo-react';
import type { ReactNode } from 'react';
import ReactMarkdown from 'react-markdown';
import { scaffolderDojoTranslationRef } from '../../translation';
import { isWebUrl } from './isWebUrl';
import styles from './ReleasePlanReview.module.css';

const allowedElements = [
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'p', 'ul', 'ol', 'li'],
  ...['strong', 'em', 'code', 'pre', 'blockquote', 'br', 'a'],
];

const Heading = ({ children }: { children: ReactNode[] }) => (
  <h5 className={styles.notesTitle}>{children}</h5>
);

const components = {
  h1: Heading,
  h2: Heading,
  h3: Heading,
  h4: Heading,
  h5: Heading,
  h6: Heading,
  a: ({ href, children }: { href?: string; children: ReactNode[] }) =>
    href && isWebUrl(href) ? (
      <Link href={href} target="_blank" rel="noreferrer">
        {children}
      </Link>
    ) : (
      <span>{children}</span>
    ),
};

/**
 * Notes as React elements. Commit text is a stranger's: markup other than plain text structure is dropped or shown as
 * written, images are not loaded, and only http(s) links can be followed.
 */
export function ReleaseNotes({ markdown }: { readonly markdown: string }) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  if (markdown.trim() === '') {
    return <Muted as="p">{t('releaseReview.notes.empty')}</Muted>;
  }
  return (
    <ReactMarkdown
      className={styles.notes}
      allowedElements={allowedElements}
      unwrapDisallowed
      transformLinkUri={null}
      components={components}
    >
      {markdown}
    </ReactMarkdown>
  );
}
