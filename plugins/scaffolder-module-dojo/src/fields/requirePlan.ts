import { translationApiRef } from '@backstage/frontend-plugin-api';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { blockedMessage, scaffolderDojoTranslationRef } from '../translation';

/** Keeps the form from going on without a reviewed plan; in English while translations are still loading. */
export function requirePlan<TValue extends { planHash: string }>(
  message:
    | 'releaseReview.blocked'
    | 'migrationReview.blocked'
    | 'deploymentReview.blocked'
    | 'shipReview.blocked'
    | 'serviceReview.blocked',
): CustomFieldValidator<TValue | undefined> {
  return (value, field, { apiHolder }) => {
    if (value?.planHash) return;
    const translation = apiHolder
      .get(translationApiRef)
      ?.getTranslation(scaffolderDojoTranslationRef);
    field.addError(
      translation?.ready ? translation.t(message) : blockedMessage,
    );
  };
}
