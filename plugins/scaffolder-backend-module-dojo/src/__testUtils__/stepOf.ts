import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';

/** An action as one step of the user's task runs it. */
export function stepOf<TContext>(action: {
  handler(context: TContext): Promise<void>;
}) {
  const logger = mockServices.logger.mock();
  /** @returns what it output, by name, and the error that it ended with; `more` changes the context of the step. */
  const run = async (input: object, more: object = {}) => {
    const context = {
      ...createMockActionContext(),
      // As the scaffolder passes it: without what zod would fill in.
      input,
      logger,
      getInitiatorCredentials: async () => mockCredentials.user(),
      ...more,
    };
    const error = await action
      .handler(context as TContext)
      .catch(thrown => thrown);
    const output = Object.fromEntries(jest.mocked(context.output).mock.calls);
    return { error, output };
  };
  return { logger, run };
}

/** The inputs and outputs of an action, by name, and those inputs that it does not describe. */
export function namesOf({ schema }: Pick<TemplateAction, 'schema'>) {
  const inputs = schema?.input?.properties ?? {};
  return {
    inputs: Object.keys(inputs).sort(),
    undescribed: Object.keys(inputs).filter(name => !inputs[name].description),
    outputs: Object.keys(schema?.output?.properties ?? {}),
  };
}
