import { mockCredentials } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { plannedService } from 'backstage-plugin-dojo-common/testUtils';
import { parse } from 'yaml';
import { createAwaitComponentAction } from './awaitComponent';
import { examples as awaitExamples } from './awaitComponent.examples';
import { createCheckServiceAction } from './checkService';
import { examples as checkExamples } from './checkService.examples';
import { createPublishAction } from './publish';
import { examples as publishExamples } from './publish.examples';

const values = {
  ...plannedService().plan.repository.decides.values,
  dojo: 'dojo-portal-cli@1.0.0',
};
const services = {
  plan: jest.fn(),
  check: jest.fn(async () => ({
    ...plannedService(),
    values,
    message: 'feat: begin savings\n',
  })),
  publish: jest.fn(async () => ({
    repository: 'file:savings.git',
    commit: 'a'.repeat(40),
    published: 'now' as const,
  })),
  awaitEntry: jest.fn(async () => {}),
};
const dojo = { services };
const contextOf = (input: object, more: object = {}) =>
  ({
    ...createMockActionContext({ input }),
    workspacePath: '/workspace',
    getInitiatorCredentials: async () => mockCredentials.user(),
    ...more,
  } as never);

beforeEach(() => jest.clearAllMocks());

describe('dojo:check-service', () => {
  const action = createCheckServiceAction({ dojo });

  it('says what the other steps need', async () => {
    const output: Record<string, unknown> = {};
    await action.handler(
      contextOf(
        { name: 'savings', owner: 'accounting' },
        { output: (name: string, value: unknown) => (output[name] = value) },
      ),
    );
    expect(output).toMatchObject({
      component: 'component:default/savings',
      state: 'missing',
      values: { name: 'savings', dojo: 'dojo-portal-cli@1.0.0' },
      message: 'feat: begin savings\n',
      version: '0.1.0',
      tag: 'v0.1.0',
      releases: true,
      migrates: 'dev',
      first: { environment: 'dev', host: 'savings.dev.example.com' },
      prepared: [{ environment: 'production' }],
      done: 'savings 0.1.0 is in dev.\n\nRepository `file:savings.git`, tag `v0.1.0`.',
    });
    expect(output).not.toHaveProperty('catalogInfoUrl');
  });

  it.each(checkExamples)('takes its example: $description', async each => {
    const [{ input }] = parse(each.example).steps;
    await action.handler(contextOf(input));
    expect(services.check).toHaveBeenCalledTimes(1);
  });

  it.each([
    { name: 'class', owner: 'a' },
    { name: '../ledger', owner: 'a' },
    { name: 'kube-x', owner: 'a' },
    { name: 'savings', owner: 'a', description: '"' },
    { name: 'savings' },
    { name: 'savings', owner: 'a', repository: 'file:ledger.git' },
    { name: 'savings', owner: 'a', planHashes: { repository: 'x' } },
  ])('refuses %j before anything is asked', async input => {
    await expect(action.handler(contextOf(input))).rejects.toMatchObject({
      dojo: { code: 'INPUT_INVALID' },
    });
    expect(services.check).not.toHaveBeenCalled();
  });
});

describe('dojo:publish', () => {
  const action = createPublishAction({ dojo });

  it.each(publishExamples)('takes its example: $description', async each => {
    const [{ input }] = parse(each.example).steps;
    await action.handler(contextOf(input));
    expect(services.publish).toHaveBeenCalledWith(
      { ...input, folder: '/workspace' },
      expect.anything(),
    );
  });

  it.each([
    { repository: 'file:../x.git' },
    { repository: 'file:/etc/x.git' },
    { repository: 'https://github.com/a/b' },
    { repository: 'file:a/b.git' },
    { repository: 'file:x.git', image: 'oci:../x' },
    { repository: 'file:x.git', image: 'ghcr.io/a/b' },
  ])('refuses %j', async input => {
    await expect(action.handler(contextOf(input))).rejects.toMatchObject({
      dojo: { code: 'INPUT_INVALID' },
    });
    expect(services.publish).not.toHaveBeenCalled();
  });

  it('makes nothing in a dry run', async () => {
    const input = { repository: 'file:savings.git' };
    await action.handler(contextOf(input, { isDryRun: true }));
    expect(services.publish).not.toHaveBeenCalled();
  });
});

describe('dojo:await-component', () => {
  const action = createAwaitComponentAction({ dojo });

  it.each(awaitExamples)('takes its example: $description', async each => {
    const [{ input }] = parse(each.example).steps;
    await action.handler(contextOf(input));
    expect(services.awaitEntry).toHaveBeenCalledWith(input, expect.anything());
  });
});
