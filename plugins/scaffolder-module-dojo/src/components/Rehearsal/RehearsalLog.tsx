import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { SourceBlock } from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';

const shownAtMost = 12;

/** The last lines of a rehearsal's log, oldest first. */
export function RehearsalLog({ lines }: { readonly lines: readonly string[] }) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  if (lines.length === 0) return null;
  return (
    <SourceBlock label={t('rehearsal.log')}>
      {lines.slice(-shownAtMost).join('\n')}
    </SourceBlock>
  );
}
