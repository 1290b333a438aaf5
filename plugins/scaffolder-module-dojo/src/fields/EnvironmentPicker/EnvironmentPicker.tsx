import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Radio,
  RadioGroup,
  Skeleton,
  VisuallyHidden,
} from '@backstage/ui';
import type {
  DojoClient,
  DojoRequestOptions,
  Environment,
} from 'backstage-plugin-dojo-common';
import {
  FailureAlert,
  SourceFigure,
  useAnswer,
} from 'backstage-plugin-dojo-react';
import { useEffect, useRef } from 'react';
import { scaffolderDojoTranslationRef } from '../../translation';
import type { EnvironmentPickerProps } from './schema';
import styles from './EnvironmentPicker.module.css';

const everyEnvironment = {};
const listEnvironments = (
  client: DojoClient,
  _: object,
  options: DojoRequestOptions,
) => client.listEnvironments(options);

const exampleConfig = `dojo:
  environments:
    - name: dev
      database:
        file: data/dev/{component}.duckdb`;

/**
 * One of the environments whose databases can be migrated from here. The only one is chosen from the start; a name that
 * is none of them (an old link) is taken out of the form.
 */
export function EnvironmentPicker(props: EnvironmentPickerProps) {
  const { state, retry } = useAnswer(everyEnvironment, listEnvironments);
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const names = state.kind === 'loaded' ? migrating(state.result) : undefined;
  useChosen(props, names);
  return (
    <div className={styles.root} aria-busy={state.kind === 'loading'}>
      <VisuallyHidden role="status">
        {state.kind === 'loading' ? t('environmentPicker.loading') : ''}
      </VisuallyHidden>
      {state.kind === 'loading' && (
        <Skeleton width="min(20rem, 60%)" height={44} />
      )}
      {state.kind === 'failed' && (
        <FailureAlert
          failure={state.failure}
          title={t('environmentPicker.failed')}
          denied={{
            title: t('environmentPicker.denied'),
            hint: t('environmentPicker.deniedHint'),
          }}
          onRetry={retry}
        />
      )}
      {names?.length === 0 && <NoEnvironment />}
      {names && names.length > 0 && <Environments {...props} names={names} />}
    </div>
  );
}

function Environments(
  props: EnvironmentPickerProps & { readonly names: readonly string[] },
) {
  const { schema, uiSchema, rawErrors, required, names } = props;
  return (
    <RadioGroup
      label={uiSchema['ui:title'] ?? schema.title}
      description={uiSchema['ui:description'] ?? schema.description}
      orientation="horizontal"
      isRequired={required}
      isInvalid={rawErrors.length > 0}
      isDisabled={props.disabled || props.readonly}
      value={props.formData ?? null}
      onChange={props.onChange}
    >
      {names.map(name => (
        <Radio key={name} value={name}>
          {name}
        </Radio>
      ))}
    </RadioGroup>
  );
}

function NoEnvironment() {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return (
    <Alert
      status="warning"
      icon
      title={t('environmentPicker.empty.title')}
      description={
        <>
          <p>{t('environmentPicker.empty.description')}</p>
          <SourceFigure caption="app-config.yaml">
            <span className={styles.config}>{exampleConfig}</span>
          </SourceFigure>
        </>
      }
    />
  );
}

function migrating(environments: readonly Environment[]): string[] {
  return environments
    .filter(({ migrates }) => migrates)
    .map(({ name }) => name);
}

function useChosen(
  props: EnvironmentPickerProps,
  names: readonly string[] | undefined,
): void {
  const form = useRef(props);
  form.current = props;
  const known = names && JSON.stringify(names);
  useEffect(() => {
    if (!known) return;
    const { formData, onChange } = form.current;
    const choices: string[] = JSON.parse(known);
    if (formData && choices.includes(formData)) return;
    const only = choices.length === 1 ? choices[0] : undefined;
    if (formData !== only) onChange(only);
  }, [known]);
}
