import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Radio,
  RadioGroup,
  TextField,
  VisuallyHidden,
} from '@backstage/ui';
import {
  isBumpWord,
  type DojoClient,
  type DojoRequestOptions,
  type ReleaseVersionChoices,
  toBump,
} from 'backstage-plugin-dojo-common';
import { sentenceOf, useAnswer } from 'backstage-plugin-dojo-react';
import { useEffect } from 'react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { DenialAlert } from '../access/DenialAlert';
import { useMay } from '../access/useMay';
import { componentIn, textIn } from '../componentIn';
import type { BumpPickerProps } from './schema';
import styles from './BumpPicker.module.css';

const words = ['auto', 'major', 'minor', 'patch', 'prerelease'] as const;
const other = 'other';
/** What the next version of a maintenance branch may be: another branch has it. */
const taken = 'RELEASE_VERSION_TAKEN';

const planChoices = async (
  client: DojoClient,
  body: { readonly component: string; readonly branch?: string },
  options: DojoRequestOptions,
) => (await client.planRelease(body, options)).plan.shows.choices;

/**
 * How to bump, with the version that each way comes to for the component of the form, or a version of one's own. Where
 * they cannot be computed the ways stand without versions: the review says why.
 */
export function BumpPicker(props: BumpPickerProps) {
  const { schema, uiSchema, required, rawErrors, onChange } = props;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const component = componentIn(props.formContext);
  const branch = textIn(props.formContext, 'branch');
  const may = useMay('release', { component });
  const { state } = useAnswer(
    component === undefined || may !== 'yes'
      ? undefined
      : { component, ...(branch !== undefined && { branch }) },
    planChoices,
  );
  const choices = state.kind === 'loaded' ? state.result : undefined;
  const bump = props.formData ?? 'auto';
  const isWord = isBumpWord(bump);
  const meant = toBump(bump);
  useEffect(() => {
    if (meant !== bump) onChange(meant);
  }, [bump, meant, onChange]);
  const isDisabled = props.disabled || props.readonly;
  return (
    <div className={styles.root} aria-busy={state.kind === 'loading'}>
      <VisuallyHidden role="status">
        {state.kind === 'loading' ? t('bumpPicker.loading') : ''}
      </VisuallyHidden>
      <DenialAlert verb="release" component={component} />
      <RadioGroup
        label={uiSchema['ui:title'] ?? schema.title}
        description={uiSchema['ui:description'] ?? schema.description}
        isRequired={required}
        isInvalid={rawErrors.length > 0}
        isDisabled={isDisabled}
        value={isWord ? bump : other}
        onChange={chosen => onChange(chosen === other ? '' : chosen)}
      >
        {words.map(word => (
          <Radio key={word} value={word}>
            <Way word={word} choices={choices} />
          </Radio>
        ))}
        <Radio value={other}>{t('bumpPicker.other')}</Radio>
      </RadioGroup>
      {state.kind === 'failed' && state.failure.code === taken && (
        <Alert
          status="danger"
          icon
          title={`${sentenceOf(state.failure.message)}. ${state.failure.hint}`}
        />
      )}
      {!isWord && (
        <TextField
          className={styles.version}
          label={t('bumpPicker.version')}
          description={t('bumpPicker.versionHint')}
          size="medium"
          isInvalid={rawErrors.length > 0}
          isDisabled={isDisabled}
          value={bump}
          onChange={onChange}
        />
      )}
    </div>
  );
}

function Way(props: {
  readonly word: (typeof words)[number];
  readonly choices: ReleaseVersionChoices | undefined;
}) {
  const { word, choices } = props;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const name = t(`bumpPicker.${word}`);
  const version = choices?.[word];
  if (version) return <>{t('bumpPicker.leadsTo', { name, version })}</>;
  if (word !== 'auto') return <>{name}</>;
  return (
    <>
      {choices
        ? t('bumpPicker.autoNothing', { name })
        : t('bumpPicker.autoDecides', { name })}
    </>
  );
}
