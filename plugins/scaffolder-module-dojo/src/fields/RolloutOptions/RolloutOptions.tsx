import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Checkbox, TextField } from '@backstage/ui';
import type {
  DojoClient,
  DojoRequestOptions,
} from 'backstage-plugin-dojo-common';
import { Muted, useAnswer } from 'backstage-plugin-dojo-react';
import { useEffect, useRef, useState } from 'react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { textIn } from '../componentIn';
import type { RolloutOptionsProps, RolloutOptionsValue } from './schema';
import styles from './RolloutOptions.module.css';

const everyEnvironment = {};
const listEnvironments = (
  client: DojoClient,
  _: object,
  options: DojoRequestOptions,
) => client.listEnvironments(options);

const maxMinutes = 1_440;

/**
 * What is chosen of a rollout. Shown where changes of the environment that the form names are applied to a cluster; anywhere
 * else it is not there, and what was chosen for another environment is taken back.
 */
export function RolloutOptions(props: RolloutOptionsProps) {
  const { state } = useAnswer(everyEnvironment, listEnvironments);
  const name = textIn(props.formContext, 'environment');
  const applies =
    state.kind === 'loaded'
      ? state.result.some(each => each.name === name && each.mode === 'apply')
      : undefined;
  useNothingElsewhere(props, applies);
  return applies ? <Options {...props} /> : null;
}

function Options(props: RolloutOptionsProps) {
  const { formData: value = {}, onChange, disabled, readonly } = props;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const isDisabled = disabled || readonly;
  const change = (fields: Partial<RolloutOptionsValue>) =>
    onChange(
      Object.fromEntries(
        Object.entries({ ...value, ...fields }).filter(
          ([, each]) => each !== undefined,
        ),
      ) as RolloutOptionsValue,
    );
  return (
    <fieldset className={styles.root}>
      <legend>{t('rolloutOptions.title')}</legend>
      <Minutes
        seconds={value.wait}
        isDisabled={isDisabled}
        onChange={wait => change({ wait })}
      />
      <Checkbox
        isSelected={value.onFailure === 'rollback'}
        isDisabled={isDisabled}
        onChange={chosen =>
          change({ onFailure: chosen ? 'rollback' : undefined })
        }
      >
        {t('rolloutOptions.rollback')}
      </Checkbox>
      <div>
        <Checkbox
          isSelected={value.prune === true}
          isDisabled={isDisabled}
          onChange={chosen =>
            change({
              prune: chosen || undefined,
              ...(!chosen && { confirmPrune: undefined }),
            })
          }
        >
          {t('rolloutOptions.prune')}
        </Checkbox>
        <Muted as="p">{t('rolloutOptions.pruneHint')}</Muted>
      </div>
      {value.prune && (
        <div className={styles.nested}>
          <Checkbox
            isSelected={value.confirmPrune === true}
            isDisabled={isDisabled}
            onChange={chosen => change({ confirmPrune: chosen || undefined })}
          >
            {t('rolloutOptions.confirmPrune')}
          </Checkbox>
        </div>
      )}
      <div>
        <Checkbox
          isSelected={value.conflicts === 'takeover'}
          isDisabled={isDisabled}
          onChange={chosen =>
            change({ conflicts: chosen ? 'takeover' : undefined })
          }
        >
          {t('rolloutOptions.takeover')}
        </Checkbox>
        <Muted as="p">{t('rolloutOptions.takeoverHint')}</Muted>
      </div>
    </fieldset>
  );
}

function Minutes(props: {
  readonly seconds: number | undefined;
  readonly isDisabled: boolean;
  readonly onChange: (seconds: number | undefined) => void;
}) {
  const { seconds, isDisabled, onChange } = props;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const [text, setText] = useState(seconds ? String(seconds / 60) : '');
  const minutes = Number(text);
  const isWrong =
    text !== '' &&
    (!Number.isInteger(minutes) || minutes < 1 || minutes > maxMinutes);
  return (
    <div className={styles.wait}>
      <TextField
        label={t('rolloutOptions.wait')}
        description={
          isWrong
            ? t('rolloutOptions.waitInvalid')
            : t('rolloutOptions.waitHint')
        }
        inputMode="numeric"
        isDisabled={isDisabled}
        isInvalid={isWrong}
        value={text}
        onChange={typed => {
          setText(typed);
          // What is no time is told by the plan as well: it is not dropped in silence.
          onChange(typed === '' ? undefined : Math.round(Number(typed) * 60));
        }}
      />
    </div>
  );
}

/** A value that the page does not show must not go with the form. */
function useNothingElsewhere(
  props: RolloutOptionsProps,
  applies: boolean | undefined,
): void {
  const form = useRef(props);
  form.current = props;
  useEffect(() => {
    const { formData = {}, onChange } = form.current;
    if (applies === false && Object.keys(formData).length > 0) onChange({});
  }, [applies]);
}
