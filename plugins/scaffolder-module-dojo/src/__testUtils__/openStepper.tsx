import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import {
  SecretsContextProvider,
  type FieldExtensionOptions,
} from '@backstage/plugin-scaffolder-react';
import {
  Stepper,
  type StepperProps,
} from '@backstage/plugin-scaffolder-react/alpha';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type Answerer, planBackend } from './planBackend';

/** The scaffolder's own form with one field in it, over a backend that answers with `answer`. */
export async function openStepper(options: {
  readonly manifest: StepperProps['manifest'];
  readonly initialState: Record<string, unknown>;
  readonly field: object;
  readonly answer: Answerer;
  /** Names of the permissions that the reader has not. */
  readonly denied?: readonly string[];
}) {
  const backend = planBackend(options.answer);
  const onCreate = jest.fn(async () => {});
  renderInTestApp(
    <SecretsContextProvider>
      <Stepper
        manifest={options.manifest}
        initialState={options.initialState as StepperProps['initialState']}
        extensions={[options.field as FieldExtensionOptions]}
        onCreate={onCreate}
      />
    </SecretsContextProvider>,
    {
      apis: [
        mockApis.discovery(),
        mockApis.permission({
          authorize: ({ permission }) =>
            options.denied?.includes(permission.name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
        }),
        mockApis.fetch({ baseImplementation: backend.fetch }),
      ],
    },
  );
  const user = userEvent.setup();
  const press = async (name: string) =>
    user.click(await screen.findByRole('button', { name }));
  return { ...backend, onCreate, user, press };
}
