import { SearchField } from '@backstage/ui';
import { useEffect, useRef, useState } from 'react';

/** Typing is over after such a pause; milliseconds. Of the 300 in which the rows are to be there (story 20). */
const typingPauseMs = 100;

/** Text that narrows the rows, told after a pause in typing; what the address says meanwhile wins. */
export function TextFilter(props: {
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  readonly onChange: (value: string) => void;
  readonly className?: string;
}) {
  const { label, value, maxLength, onChange, className } = props;
  const [text, setText] = useState(value);
  const told = useRef(value);
  const tell = useRef(onChange);
  tell.current = onChange;

  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setText(value);
  }, [value]);

  useEffect(() => {
    if (text === told.current) return undefined;
    const timer = setTimeout(() => {
      told.current = text;
      tell.current(text);
    }, typingPauseMs);
    return () => clearTimeout(timer);
  }, [text]);

  return (
    <SearchField
      aria-label={label}
      placeholder={label}
      size="small"
      className={className}
      value={text}
      maxLength={maxLength}
      onChange={setText}
    />
  );
}
