import { screen } from '@testing-library/react';
import { openStepper } from './openStepper';
import type { Answerer } from './planBackend';

/** Titles of a form's fields, by name. */
type Titles = Readonly<Record<string, string>>;

const propertiesOf = (titles: Titles) =>
  Object.fromEntries(
    Object.entries(titles).map(([name, title]) => [
      name,
      { type: 'string', title },
    ]),
  );

/** A form that asks for something first, and then for the review of what would be done. */
export interface ReviewForm {
  readonly asks: Titles;
  readonly title: string;
  /** What the form holds of the reviewed plan. */
  readonly holds: Titles;
  readonly field: {
    readonly name: string;
    readonly component: unknown;
    readonly validation: unknown;
  };
  readonly initialState: Record<string, unknown>;
}

/** The scaffolder's own form, on the page before the review. */
export async function openReview(
  { asks, title, holds, field, initialState }: ReviewForm,
  answer: Answerer,
  denied: readonly string[] = [],
) {
  const review = {
    type: 'object',
    title,
    'ui:field': field.name,
    properties: propertiesOf(holds),
  };
  const form = await openStepper({
    manifest: {
      title,
      steps: [
        { title: 'What', schema: { properties: propertiesOf(asks) } },
        {
          title: 'Plan',
          schema: { required: ['review'], properties: { review } },
        },
      ],
    },
    initialState,
    field,
    answer,
    denied,
  });
  await screen.findByLabelText('Component');
  const doesNotGoOn = async () => {
    expect(
      await screen.findByRole('button', { name: 'Review' }),
    ).toBeDisabled();
    await form.press('Review');
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  };
  return { ...form, doesNotGoOn };
}
