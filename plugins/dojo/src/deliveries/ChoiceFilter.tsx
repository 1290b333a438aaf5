import { Select } from '@backstage/ui';

/** Stands for "no choice": an option needs a key. */
const any = '*';

/** One choice of several, or none of them. */
export function ChoiceFilter<TValue extends string>(props: {
  readonly label: string;
  /** What the option is called that narrows nothing; absent: one of `options` is always chosen. */
  readonly anyLabel?: string;
  readonly options: ReadonlyArray<{
    readonly value: TValue;
    readonly label: string;
  }>;
  readonly value: TValue | undefined;
  readonly onChange: (value: TValue | undefined) => void;
  readonly isSearchable?: boolean;
  readonly className?: string;
}) {
  const { label, anyLabel, options, value, isSearchable, className } = props;
  const chosen = options.find(option => option.value === value);
  const all = [
    ...(anyLabel === undefined ? [] : [{ value: any, label: anyLabel }]),
    ...options,
    // What the address asks for and nobody offers stays to be seen.
    ...(value === undefined || chosen ? [] : [{ value, label: value }]),
  ];
  return (
    <Select
      label={label}
      size="small"
      className={className}
      options={all}
      {...(isSearchable && { search: true })}
      value={value ?? any}
      onChange={key => {
        const next = all.find(option => option.value === key);
        props.onChange(
          next === undefined || next.value === any
            ? undefined
            : (next.value as TValue),
        );
      }}
    />
  );
}
