import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { type ReactNode, useId, useState } from 'react';
import { dojoReactTranslationRef } from './translation';

const shownAtFirst = 50;

/** The first 50 items, and a button that shows all of them, by keyboard too, where there are more. */
export function FirstFew<TItem>(props: {
  readonly items: readonly TItem[];
  /** Of the button: how many there are, and of what. */
  readonly showAll: string;
  /** Renders the items in an element with this id. */
  readonly children: (shown: readonly TItem[], id: string) => ReactNode;
}) {
  const { items, showAll, children } = props;
  const { t } = useTranslationRef(dojoReactTranslationRef);
  const [all, setAll] = useState(false);
  const id = useId();
  return (
    <>
      {children(all ? items : items.slice(0, shownAtFirst), id)}
      {items.length > shownAtFirst && (
        <div>
          <Button
            size="small"
            variant="secondary"
            aria-expanded={all}
            aria-controls={id}
            onPress={() => setAll(!all)}
          >
            {all
              ? t('firstFew.showFirst', { shown: `${shownAtFirst}` })
              : showAll}
          </Button>
        </div>
      )}
    </>
  );
}
