import {
  discoveryApiRef,
  fetchApiRef,
  translationApiRef,
} from '@backstage/frontend-plugin-api';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { DojoClient } from 'backstage-plugin-dojo-common';
import {
  scaffolderDojoTranslationRef,
  unknownVersionMessage,
} from '../../translation';
import { textIn } from '../componentIn';
import { isUnknownVersion } from './unknownVersion';

/**
 * Keeps the form from going on with a version that the component has not. Where they cannot be listed it lets the form go
 * on: the plan asks the backend, which knows.
 */
export const validateVersion: CustomFieldValidator<string | undefined> = async (
  held,
  field,
  { apiHolder, formData },
) => {
  const discoveryApi = apiHolder.get(discoveryApiRef);
  const fetchApi = apiHolder.get(fetchApiRef);
  const component = textIn({ formData }, 'component');
  if (!held || !component || !discoveryApi || !fetchApi) return;
  const client = new DojoClient({ discoveryApi, fetchApi });
  const listed = await client.listVersions(component).catch(() => undefined);
  if (!listed || !isUnknownVersion(held, listed)) return;
  const translation = apiHolder
    .get(translationApiRef)
    ?.getTranslation(scaffolderDojoTranslationRef);
  field.addError(
    translation?.ready
      ? translation.t('unknownVersion.blocked')
      : unknownVersionMessage,
  );
};
