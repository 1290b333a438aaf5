import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  DojoClient,
  DojoRequestOptions,
} from 'backstage-plugin-dojo-common';
import { useAnswer } from 'backstage-plugin-dojo-react';
import { ChoiceSelect } from '../../components/ChoiceSelect/ChoiceSelect';
import { scaffolderDojoTranslationRef } from '../../translation';
import { componentIn } from '../componentIn';
import { UnknownVersion } from '../version/UnknownVersion';
import type { VersionPickerProps } from './schema';

/** Stands for no version: a select has no empty choice. */
const newest = 'newest';

const listVersions = (
  client: DojoClient,
  { component }: { readonly component: string },
  options: DojoRequestOptions,
) => client.listVersions(component, options);

/**
 * A version of the component of the form, or the newest one. Where they cannot be listed the newest is left: the review
 * says why.
 */
export function VersionPicker(props: VersionPickerProps) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const component = componentIn(props.formContext);
  const { state } = useAnswer(
    component === undefined ? undefined : { component },
    listVersions,
  );
  const listed = state.kind === 'loaded' ? state.result : undefined;
  const versions = listed?.versions ?? [];
  const latest = versions.find(({ isStable }) => isStable) ?? versions[0];
  const value = props.formData?.replace(/^[vV](?=\d)/, '') || newest;
  return (
    <>
      <ChoiceSelect
        field={{
          ...props,
          onChange: chosen =>
            props.onChange(chosen === newest ? undefined : chosen),
        }}
        choices={[
          {
            value: newest,
            label: latest
              ? t('versionPicker.newestIs', { version: latest.version })
              : t('versionPicker.newest'),
          },
          ...versions.map(({ version, rejected, moved }) => ({
            value: version,
            label: version,
            ...(moved !== undefined && { description: moved, disabled: true }),
            ...(rejected !== undefined && {
              description: t('tagPicker.rejected', { reason: rejected }),
              disabled: true,
            }),
          })),
        ]}
        value={value}
        isPending={state.kind === 'loading'}
      />
      <UnknownVersion
        component={component}
        held={props.formData}
        listed={listed}
      />
    </>
  );
}
