import { translationApiRef } from '@backstage/frontend-plugin-api';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import {
  blockedMessage,
  scaffolderDojoTranslationRef,
} from '../../translation';
import type { ReleaseReviewValue } from './schema';

/** Keeps the form from going on without a reviewed plan. */
export const validateReleaseReview: CustomFieldValidator<
  ReleaseReviewValue | undefined
> = (value, field, { apiHolder }) => {
  if (value?.planHash) return;
  const translation = apiHolder
    .get(translationApiRef)
    ?.getTranslation(scaffolderDojoTranslationRef);
  field.addError(
    translation?.ready
      ? translation.t('releaseReview.blocked')
      : blockedMessage,
  );
};
