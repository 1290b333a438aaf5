import {
  discoveryApiRef,
  fetchApiRef,
  translationApiRef,
} from '@backstage/frontend-plugin-api';
import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { DojoClient } from 'backstage-plugin-dojo-common';
import {
  scaffolderDojoTranslationRef,
  unknownEnvironmentMessage,
} from '../../translation';
import { textIn } from '../componentIn';
import {
  environmentChoices,
  type EnvironmentPurpose,
} from './environmentChoices';
import { problemOfEnvironment } from './problemOfEnvironment';

/**
 * Keeps the form from going on with a name that is no environment here. Where they cannot be listed it lets the form
 * go on: the plan asks the backend, which knows.
 */
export const validateEnvironment: CustomFieldValidator<
  string | undefined,
  { purpose?: EnvironmentPurpose } | undefined
> = async (name, field, { apiHolder, formData, uiSchema }) => {
  const discoveryApi = apiHolder.get(discoveryApiRef);
  const fetchApi = apiHolder.get(fetchApiRef);
  if (!discoveryApi || !fetchApi) return;
  const client = new DojoClient({ discoveryApi, fetchApi });
  const all = await client.listEnvironments().catch(() => undefined);
  if (!all) return;
  const purpose = uiSchema?.['ui:options']?.purpose ?? 'migrate';
  const names = environmentChoices(
    all,
    purpose,
    textIn({ formData }, 'environment'),
  );
  if (!problemOfEnvironment(name, all, names, purpose)) return;
  const translation = apiHolder
    .get(translationApiRef)
    ?.getTranslation(scaffolderDojoTranslationRef);
  field.addError(
    translation?.ready
      ? translation.t('environmentPicker.unknown.blocked')
      : unknownEnvironmentMessage,
  );
};
