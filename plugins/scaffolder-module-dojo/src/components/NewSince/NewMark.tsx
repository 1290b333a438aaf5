import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Badge } from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { useIsNew } from './NewSince';

/** Says of a part of a plan that it is new since the last review; nothing of one that was there. */
export function NewMark({ of }: { readonly of: string }) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return useIsNew()(of) ? (
    <>
      {' '}
      <Badge tone="announcement">{t('newSince.mark')}</Badge>
    </>
  ) : null;
}
