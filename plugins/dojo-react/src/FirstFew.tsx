import { Button } from '@backstage/ui';
import { type ReactNode, useId, useState } from 'react';

/** The first `count` items, and a button that shows all of them, by keyboard too, where there are more. */
export function FirstFew<TItem>(props: {
  readonly items: readonly TItem[];
  readonly count: number;
  readonly showAll: string;
  readonly showFirst: string;
  /** Renders the items in an element with this id. */
  readonly children: (shown: readonly TItem[], id: string) => ReactNode;
}) {
  const { items, count } = props;
  const [all, setAll] = useState(false);
  const id = useId();
  return (
    <>
      {props.children(all ? items : items.slice(0, count), id)}
      {items.length > count && (
        <div>
          <Button
            size="small"
            variant="secondary"
            aria-expanded={all}
            aria-controls={id}
            onPress={() => setAll(!all)}
          >
            {all ? props.showFirst : props.showAll}
          </Button>
        </div>
      )}
    </>
  );
}
