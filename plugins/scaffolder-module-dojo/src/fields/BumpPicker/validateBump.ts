import { translationApiRef } from '@backstage/frontend-plugin-api';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { isBump, toBump } from 'backstage-plugin-dojo-common';
import {
  bumpInvalidMessage,
  scaffolderDojoTranslationRef,
} from '../../translation';

/** Keeps the form from going on with what says no version. */
export const validateBump: CustomFieldValidator<string | undefined> = (
  value,
  field,
  { apiHolder },
) => {
  if (value === undefined || isBump(toBump(value))) return;
  const translation = apiHolder
    .get(translationApiRef)
    ?.getTranslation(scaffolderDojoTranslationRef);
  field.addError(
    translation?.ready
      ? translation.t('bumpPicker.invalid')
      : bumpInvalidMessage,
  );
};
