import type { Deliveries } from 'backstage-plugin-dojo-common';
import {
  deliveriesPage,
  deliveryRow,
} from 'backstage-plugin-dojo-common/testUtils';
import { renderHook } from '@testing-library/react';
import type { DeliveriesView } from './deliveriesView';
import { useFirstRowsFirst } from './useFirstRowsFirst';

interface Shown {
  readonly answer?: Deliveries;
  readonly answered?: DeliveriesView;
}

/** An answer of so many rows. */
function answerOf(count: number, prefix = 'service'): Deliveries {
  return deliveriesPage({
    rows: Array.from({ length: count }, (_, at) =>
      deliveryRow(`${prefix}-${at}`),
    ),
  });
}

/** Shows one after the other; how many rows each drawing had. */
function drawn(...shown: readonly Shown[]): Array<number | undefined> {
  const counts: Array<number | undefined> = [];
  const { rerender } = renderHook(
    ({ answer, answered }: Shown) => {
      counts.push(useFirstRowsFirst(answer, answered)?.rows.length);
    },
    { initialProps: {} as Shown },
  );
  for (const props of shown) {
    counts.length = 0;
    rerender(props);
  }
  return counts;
}

describe('useFirstRowsFirst', () => {
  const view = { sort: 'name' } as const;
  const first = { answer: answerOf(50), answered: view };

  it('draws what a screen holds, then all', () => {
    const counts = drawn(first);

    expect(counts[0]).toBe(12);
    expect(counts.at(-1)).toBe(50);
  });

  it('draws another question so too', () => {
    const counts = drawn(first, {
      answer: answerOf(50, 'other'),
      answered: { sort: 'deployed' },
    });

    expect(counts[0]).toBe(12);
    expect(counts.at(-1)).toBe(50);
  });

  it.each([
    ['the same question is asked again', view],
    ['the page is turned', { ...view, cursor: 'c1' }],
  ])('keeps the height of the page where %s', (_, answered) => {
    const counts = drawn(first, { answer: answerOf(50, 'new'), answered });

    expect(new Set(counts)).toEqual(new Set([50]));
  });

  it('has nothing where nothing is known', () => {
    expect(drawn({})).toEqual([undefined]);
  });
});
