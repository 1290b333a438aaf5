import { Select } from '@backstage/ui';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import styles from './ChoiceSelect.module.css';

/** One of the choices. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  /** What is said below it. */
  readonly description?: string;
  /** It is shown, and cannot be chosen; one that the form holds already stays. */
  readonly disabled?: boolean;
}

/** Properties of {@link ChoiceSelect}: those of the form's field, and what can be chosen. */
export interface ChoiceSelectProps {
  readonly field: Pick<
    FieldExtensionComponentProps<string>,
    | 'schema'
    | 'uiSchema'
    | 'rawErrors'
    | 'required'
    | 'disabled'
    | 'readonly'
    | 'onChange'
  >;
  readonly choices: readonly Choice[];
  /** What the form holds; one that is no choice (of an old link) is shown as it is, so that it is not lost in silence. Absent: nothing is chosen. */
  readonly value: string | undefined;
  readonly isPending: boolean;
}

/** A field of a form in which the backend knows the choices. */
export function ChoiceSelect(props: ChoiceSelectProps) {
  const { choices, value, isPending } = props;
  const {
    schema,
    uiSchema,
    rawErrors,
    required,
    disabled,
    readonly,
    onChange,
  } = props.field;
  const isOther =
    value !== undefined && !choices.some(choice => choice.value === value);
  const options = isOther ? [...choices, { value, label: value }] : choices;
  return (
    <div className={styles.root} aria-busy={isPending}>
      <Select
        label={uiSchema['ui:title'] ?? schema.title}
        description={uiSchema['ui:description'] ?? schema.description}
        size="medium"
        isRequired={required}
        isInvalid={rawErrors.length > 0}
        isDisabled={disabled || readonly}
        options={options.map(({ value: id, ...shown }) => ({ id, ...shown }))}
        value={value ?? null}
        onChange={key => onChange(key === null ? undefined : String(key))}
      />
    </div>
  );
}
