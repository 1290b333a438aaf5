import { discoveryApiRef, fetchApiRef } from '@backstage/frontend-plugin-api';
import { plannedService } from 'backstage-plugin-dojo-common/testUtils';
import { validateServiceName } from './validateServiceName';

const taken = {
  ...plannedService(),
  problems: [
    {
      field: 'name',
      code: 'SERVICE_NAME_TAKEN',
      kind: 'conflict',
      message: 'A component named ledger exists already.',
    },
    {
      field: 'hosts',
      code: 'SERVICE_HOST_TAKEN',
      kind: 'conflict',
      message: 'a.b is taken',
    },
  ],
};

describe('validateServiceName', () => {
  const errorsOf = async (
    name: string | undefined,
    answer: () => Response,
    formData: object = { owner: 'accounting' },
  ) => {
    const errors: string[] = [];
    const asked: string[] = [];
    const apis = new Map<unknown, unknown>([
      [discoveryApiRef, { getBaseUrl: async () => 'http://dojo' }],
      [
        fetchApiRef,
        {
          fetch: async (url: string) => {
            asked.push(url);
            return answer();
          },
        },
      ],
    ]);
    await validateServiceName(
      name,
      { addError: (error: string) => errors.push(error) } as never,
      {
        apiHolder: { get: (ref: unknown) => apis.get(ref) },
        formData,
      } as never,
    );
    return { errors, asked };
  };
  const json = (body: object) => () => new Response(JSON.stringify(body));

  it('says that the name is taken, in the words of the plan', async () => {
    expect((await errorsOf('ledger', json(taken))).errors).toEqual([
      'A component named ledger exists already.',
    ]);
  });

  it.each(['class', 'kube-x', '../x', 'x'.repeat(41)])(
    'refuses %s without asking',
    async name => {
      const { errors, asked } = await errorsOf(name, json(plannedService()));
      expect(errors).toHaveLength(1);
      expect(asked).toEqual([]);
    },
  );

  it('lets a free name be, and what cannot be asked', async () => {
    const none = { errors: [] };
    expect(await errorsOf('savings', json(plannedService()))).toMatchObject(
      none,
    );
    expect(
      await errorsOf('savings', () => new Response('', { status: 503 })),
    ).toMatchObject(none);
    expect(await errorsOf('savings', json(taken), {})).toEqual({
      errors: [],
      asked: [],
    });
  });
});
