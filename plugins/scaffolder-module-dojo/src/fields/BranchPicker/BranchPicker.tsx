import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Radio, RadioGroup } from '@backstage/ui';
import type {
  DeliveryLine,
  DojoClient,
  DojoRequestOptions,
} from 'backstage-plugin-dojo-common';
import { useAnswer } from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { useMay } from '../access/useMay';
import { componentIn } from '../componentIn';
import type { BranchPickerProps } from './schema';

/** Stands for the branch that releases come from: a radio button has no empty value. */
const usual = '';

const readLines = async (
  client: DojoClient,
  { component }: { readonly component: string },
  options: DojoRequestOptions,
): Promise<readonly DeliveryLine[]> => {
  const answer = await client.getDelivery(component, options);
  return answer?.delivery.kind === 'delivery' ? answer.delivery.lines : [];
};

/**
 * The branch to release: the one that releases come from, or a maintenance branch that holds something, each with what
 * waits there. Not there where the component has no maintenance branch and none was asked for: the engine knows which
 * may be released, and refuses any other.
 */
export function BranchPicker(props: BranchPickerProps) {
  const { schema, uiSchema, onChange, formData } = props;
  const component = componentIn(props.formContext);
  const may = useMay('release', { component });
  const { state } = useAnswer(
    component === undefined || may !== 'yes' ? undefined : { component },
    readLines,
  );
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const [main, ...others] = state.kind === 'loaded' ? state.result : [];
  const isAsked = formData !== undefined && formData !== usual;
  const isMissing =
    isAsked && others.every(({ branch }) => branch !== formData);
  if (others.length === 0 && !isAsked) return null;
  return (
    <RadioGroup
      label={uiSchema['ui:title'] ?? schema.title}
      description={uiSchema['ui:description'] ?? schema.description}
      isDisabled={props.disabled || props.readonly}
      value={formData ?? usual}
      onChange={chosen => onChange(chosen === usual ? undefined : chosen)}
    >
      <Radio value={usual}>
        {main ? <Line line={main} /> : t('branchPicker.usual')}
      </Radio>
      {others.map(line => (
        <Radio key={line.branch} value={line.branch}>
          <Line line={line} />
        </Radio>
      ))}
      {isMissing && <Radio value={formData}>{formData}</Radio>}
    </RadioGroup>
  );
}

function Line({ line }: { readonly line: DeliveryLine }) {
  const { branch, count, next } = line;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  if (count === 0) return <>{t('branchPicker.nothing', { branch })}</>;
  return (
    <>
      {next
        ? t('branchPicker.next', { branch, count, version: next.version })
        : t('branchPicker.waits', { branch, count })}
    </>
  );
}
