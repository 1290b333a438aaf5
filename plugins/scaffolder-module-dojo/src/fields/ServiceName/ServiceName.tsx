import { TextField } from '@backstage/ui';
import type { ServiceNameProps } from './schema';

/** The name of a new service. What is wrong with it the validation says, which asks the portal too. */
export function ServiceName(props: ServiceNameProps) {
  const { schema, uiSchema, required, rawErrors, onChange } = props;
  return (
    <TextField
      label={uiSchema['ui:title'] ?? schema.title}
      description={uiSchema['ui:description'] ?? schema.description}
      isRequired={required}
      isInvalid={rawErrors.length > 0}
      isDisabled={props.disabled || props.readonly}
      autoComplete="off"
      value={props.formData ?? ''}
      onChange={text => onChange(text === '' ? undefined : text)}
    />
  );
}
