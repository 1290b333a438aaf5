import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DeliveryRelease } from 'backstage-plugin-dojo-common';
import { literalText } from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../../translation';
import { Fold } from '../Fold';
import styles from './Pipeline.module.css';

/** The notes of a release, folded, without their signs of Markdown. */
export function ReleaseNotes({
  release,
}: {
  readonly release: DeliveryRelease;
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const lines = literalText(release.notes)
    .split('\n')
    .filter(line => line.trim() !== '');
  if (lines.length === 0) return null;
  return (
    <Fold summary={t('delivery.latest.notes')}>
      {lines.map((line, index) => (
        <p
          key={index}
          className={line.startsWith('#') ? styles.notesHeading : undefined}
        >
          {withoutMarks(line)}
        </p>
      ))}
      {release.notesCut && <p>{t('delivery.latest.notesCut')}</p>}
    </Fold>
  );
}

function withoutMarks(line: string): string {
  return line
    .replace(/^#{1,6} /, '')
    .replace(/^[-*] /, '• ')
    .replaceAll('**', '')
    .replaceAll('`', '');
}
