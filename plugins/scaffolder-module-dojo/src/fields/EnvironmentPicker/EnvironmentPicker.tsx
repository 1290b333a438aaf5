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
  Muted,
  SourceFigure,
  useAnswer,
} from 'backstage-plugin-dojo-react';
import { useEffect, useRef } from 'react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { DenialAlert } from '../access/DenialAlert';
import { componentIn, textIn } from '../componentIn';
import {
  environmentChoices,
  type EnvironmentPurpose,
} from './environmentChoices';
import { problemOfEnvironment } from './problemOfEnvironment';
import type { EnvironmentPickerProps } from './schema';
import styles from './EnvironmentPicker.module.css';

const everyEnvironment = {};
const listEnvironments = (
  client: DojoClient,
  _: object,
  options: DojoRequestOptions,
) => client.listEnvironments(options);

const exampleConfigs = {
  migrate: `dojo:
  environments:
    - name: dev
      database:
        file: data/dev/{component}.duckdb`,
  deploy: `dojo:
  infra:
    repository: https://github.com/acme/infra.git
  environments:
    - name: dev`,
};

/**
 * One of the environments that serve the purpose of the form. The only one is chosen from the start where the form names
 * none; a name that is none of them (an old link) is kept and said, since no other was meant by it.
 */
export function EnvironmentPicker(props: EnvironmentPickerProps) {
  const { state, retry } = useAnswer(everyEnvironment, listEnvironments);
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const purpose = props.uiSchema['ui:options']?.purpose ?? 'migrate';
  const target = textIn(props.formContext, 'environment');
  // A release says so itself, beside the choice of its version.
  const verb =
    purpose === 'migrate' || purpose === 'deploy' ? purpose : undefined;
  const names =
    state.kind === 'loaded'
      ? environmentChoices(state.result, purpose, target)
      : undefined;
  useOnlyOne(props, names);
  return (
    <div className={styles.root} aria-busy={state.kind === 'loading'}>
      <VisuallyHidden role="status">
        {state.kind === 'loading' ? t('environmentPicker.loading') : ''}
      </VisuallyHidden>
      {verb && (
        <DenialAlert
          verb={verb}
          component={componentIn(props.formContext)}
          environment={props.formData}
        />
      )}
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
      {names?.length === 0 && (
        <NoEnvironment purpose={purpose} target={target} />
      )}
      {state.kind === 'loaded' && names && (
        <UnknownEnvironment
          name={props.formData}
          all={state.result}
          names={names}
          purpose={purpose}
        />
      )}
      {names && names.length > 0 && <Environments {...props} names={names} />}
      {state.kind === 'loaded' &&
        (purpose === 'deploy' || purpose === 'ship') && (
          <EnvironmentRules
            rules={state.result.find(({ name }) => name === props.formData)}
          />
        )}
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

/** What holds in the environment that is chosen, before anything is planned. */
function EnvironmentRules(props: { readonly rules: Environment | undefined }) {
  const { rules } = props;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  if (!rules) return null;
  const { name, promotesFrom: source, promotedOnly } = rules;
  const { approval, mode, cluster } = rules;
  return (
    <div className={styles.rules}>
      {source && promotedOnly && (
        <Muted as="p">
          {t('environmentPicker.rules.promotesFrom', { name, source })}
        </Muted>
      )}
      {approval && (
        <Muted as="p">{t('environmentPicker.rules.approval', { name })}</Muted>
      )}
      {mode === 'apply' && cluster && (
        <Muted as="p">
          {t('environmentPicker.rules.apply', { name, cluster })}
        </Muted>
      )}
    </div>
  );
}

function NoEnvironment(props: {
  readonly purpose: EnvironmentPurpose;
  readonly target: string | undefined;
}) {
  const { purpose, target = '' } = props;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const isDeploying = purpose === 'deploy' || purpose === 'ship';
  if (purpose === 'promote') {
    return (
      <Alert
        status="warning"
        icon
        title={t('environmentPicker.empty.noSource', { target })}
      />
    );
  }
  return (
    <Alert
      status="warning"
      icon
      title={
        isDeploying
          ? t('environmentPicker.empty.deploy')
          : t('environmentPicker.empty.title')
      }
      description={
        <>
          <p>
            {isDeploying
              ? t('environmentPicker.empty.deployDescription')
              : t('environmentPicker.empty.description')}
          </p>
          <SourceFigure caption="app-config.yaml">
            <span className={styles.config}>
              {exampleConfigs[isDeploying ? 'deploy' : 'migrate']}
            </span>
          </SourceFigure>
        </>
      }
    />
  );
}

function UnknownEnvironment(props: {
  readonly name: string | undefined;
  readonly all: readonly Environment[];
  readonly names: readonly string[];
  readonly purpose: EnvironmentPurpose;
}) {
  const { name, all, names, purpose } = props;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const problem = problemOfEnvironment(name, all, names, purpose);
  if (!problem) return null;
  return (
    <div className={styles.unknown}>
      <Alert
        status="danger"
        icon
        title={t(problem.title, problem.words)}
        description={
          problem.words.names &&
          t('environmentPicker.unknown.choose', problem.words)
        }
      />
    </div>
  );
}

function useOnlyOne(
  props: EnvironmentPickerProps,
  names: readonly string[] | undefined,
): void {
  const form = useRef(props);
  form.current = props;
  const only = names?.length === 1 ? names[0] : undefined;
  useEffect(() => {
    const { formData, onChange } = form.current;
    if (only !== undefined && formData === undefined) onChange(only);
  }, [only]);
}
