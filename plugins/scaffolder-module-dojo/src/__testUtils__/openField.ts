import { openStepper } from './openStepper';
import type { Answerer } from './planBackend';

/** A form of one step with a single field in it, beside what the form holds already. */
export async function openField(options: {
  readonly name: string;
  readonly schema: object;
  readonly field: {
    readonly name: string;
    readonly component: unknown;
    readonly validation?: unknown;
  };
  readonly holds: Record<string, unknown>;
  readonly answer: Answerer;
  readonly denied?: readonly string[];
}) {
  const { name, schema, field, holds, answer, denied } = options;
  const form = await openStepper({
    manifest: {
      title: 'Form',
      steps: [
        {
          title: 'What',
          schema: {
            properties: { [name]: { ...schema, 'ui:field': field.name } },
          },
        },
      ],
    },
    initialState: holds,
    field,
    answer,
    denied,
  });
  /** What is submitted in the end. */
  const submitted = async () => {
    await form.press('Review');
    await form.press('Create');
    return (form.onCreate.mock.calls as unknown[][])[0][0];
  };
  return { ...form, submitted };
}
