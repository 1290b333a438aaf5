import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  ComponentVersions,
  DojoClient,
  DojoRequestOptions,
} from 'backstage-plugin-dojo-common';
import { FailureAlert, useAnswer } from 'backstage-plugin-dojo-react';
import { useEffect, useRef } from 'react';
import { ChoiceSelect } from '../../components/ChoiceSelect/ChoiceSelect';
import { scaffolderDojoTranslationRef } from '../../translation';
import { DenialAlert } from '../access/DenialAlert';
import { useMay } from '../access/useMay';
import { useRollBackBlocks } from '../access/useRollBackBlocks';
import { componentIn, textIn } from '../componentIn';
import { isUnknownVersion } from '../version/unknownVersion';
import { UnknownVersion } from '../version/UnknownVersion';
import type { TagPickerProps } from './schema';
import { useDeployedTag } from './useDeployedTag';

/** How the engine takes the version that ran before the present one. */
const previous = 'previous';

type Version = ComponentVersions['versions'][number];

const listVersions = (
  client: DojoClient,
  { component }: { readonly component: string },
  options: DojoRequestOptions,
) => client.listVersions(component, options);

/**
 * A tag of the component of the form. One is chosen from the start, as `ui:options` say, and another one when component or
 * environment change, as long as nobody chose.
 */
export function TagPicker(props: TagPickerProps) {
  const { preset = 'newest', verb = 'deploy' } =
    props.uiSchema['ui:options'] ?? {};
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const component = componentIn(props.formContext);
  const environment = textIn(props.formContext, 'environment');
  const may = useMay('deploy', { component, environment });
  const { state, retry } = useAnswer(
    component === undefined ? undefined : { component },
    listVersions,
  );
  const listed = state.kind === 'loaded' ? state.result : undefined;
  const versions = listed?.versions ?? [];
  const isUnknown =
    listed !== undefined && isUnknownVersion(props.formData, listed);
  const able = versions.filter(
    ({ rejected, moved }) => rejected === undefined && moved === undefined,
  );
  const newest = (able.find(({ isStable }) => isStable) ?? able[0])?.tag;
  const deployed = useDeployedTag(
    may === 'yes' && preset === 'deployed' && component && environment && newest
      ? { component, environment, version: newest }
      : undefined,
  );
  const presets = {
    newest,
    deployed: deployed.isKnown ? deployed.tag ?? newest : undefined,
    previous,
  };
  usePreset(props, presets[preset], versions);
  const labelOf = (tag: string) => {
    if (tag === deployed.tag && environment) {
      return t('tagPicker.deployed', { tag, environment });
    }
    return tag === newest ? t('tagPicker.newest', { tag }) : tag;
  };
  const isBack = preset === 'previous';
  const blocks = useRollBackBlocks(isBack ? { component, environment } : {});
  const reasonsOf = ({ version, rejected, moved }: Version) => [
    ...(blocks.has(version) ? [blocks.get(version)!] : []),
    ...(rejected === undefined
      ? []
      : [t('tagPicker.rejected', { reason: rejected })]),
    ...(moved === undefined ? [] : [moved]),
  ];
  return (
    <>
      {verb === 'reject' && <DenialAlert verb={verb} component={component} />}
      <ChoiceSelect
        field={props}
        choices={[
          ...(isBack
            ? [{ value: previous, label: t('tagPicker.previous') }]
            : []),
          ...versions.map(each => {
            const reasons = reasonsOf(each);
            return {
              value: each.tag,
              label: labelOf(each.tag),
              ...(reasons.length > 0 && { description: reasons.join(' ') }),
              // A rejection keeps nobody from the way back.
              disabled: isBack
                ? blocks.has(each.version)
                : each.rejected !== undefined || each.moved !== undefined,
            };
          }),
        ]}
        value={isUnknown ? undefined : props.formData || undefined}
        isPending={state.kind === 'loading' || deployed.isPending}
      />
      <UnknownVersion
        component={component}
        held={props.formData}
        listed={listed}
      />
      {state.kind === 'failed' && (
        <FailureAlert
          failure={state.failure}
          title={t('tagPicker.failed')}
          denied={{
            title: t('plan.failure.denied'),
            hint: t('plan.failure.deniedHint'),
          }}
          onRetry={retry}
        />
      )}
    </>
  );
}

/** Gives the form the preset where it has no value, or only an earlier preset; and the tag of a version that a link names. */
function usePreset(
  props: TagPickerProps,
  preset: string | undefined,
  versions: readonly { readonly version: string; readonly tag: string }[],
): void {
  const form = useRef(props);
  form.current = props;
  const given = useRef<string>();
  const held = props.formData || undefined;
  const named =
    held !== undefined && versions.every(({ tag }) => tag !== held)
      ? versions.find(({ version }) => version === held)?.tag
      : undefined;
  useEffect(() => {
    const isFree = held === undefined || held === given.current;
    const wanted = isFree ? preset : named;
    if (wanted === undefined || wanted === held) return;
    if (isFree) given.current = wanted;
    form.current.onChange(wanted);
  }, [held, named, preset]);
}
