import { mockServices } from '@backstage/backend-test-utils';
import type { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import type { ForgeEntry } from 'backstage-plugin-dojo-node';
import { LocalForgeProvider } from './LocalForgeProvider';

const entity = (name: string, kind = 'Component', more = '') =>
  `apiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${more}spec: { type: service }\n`;
const file = (repository: string, text: string): ForgeEntry => ({
  repository,
  kind: 'text',
  commit: 'a'.repeat(40),
  text,
});

describe('LocalForgeProvider', () => {
  let entries: readonly ForgeEntry[];
  let looked: number;
  const mutations: EntityProviderMutation[] = [];
  const logger = mockServices.logger.mock();
  let provider: LocalForgeProvider;
  const connect = () =>
    provider.connect({
      applyMutation: async mutation => {
        mutations.push(mutation);
      },
      refresh: async () => {},
    });
  const makeProvider = () =>
    new LocalForgeProvider({
      forge: {
        list: async () => {
          looked += 1;
          return { entries, isCut: false };
        },
      },
      logger,
    });
  beforeEach(async () => {
    jest.clearAllMocks();
    mutations.length = 0;
    looked = 0;
    provider = makeProvider();
    await connect();
  });
  const refsAfter = async (now: readonly ForgeEntry[]) => {
    entries = now;
    await provider.refresh();
    const mutation = mutations.at(-1);
    return mutation?.type === 'full'
      ? mutation.entities.map(
          ({ entity: { kind, metadata }, locationKey }) =>
            `${kind} ${metadata.name} of ${locationKey}`,
        )
      : [];
  };

  it('provides the entities of each repository, and says itself where they came from', async () => {
    const foreign =
      '  annotations:\n    backstage.io/managed-by-location: url:https://elsewhere\n';
    expect(
      await refsAfter([
        file(
          'savings.git',
          `${entity('savings', 'Component', foreign)}---\n${entity(
            'api',
            'API',
          )}`,
        ),
        { repository: 'infra.git', kind: 'absent' },
      ]),
    ).toEqual([
      'Component savings of dojo-forge:savings.git',
      'API api of dojo-forge:savings.git',
    ]);
    const [mutation] = mutations;
    expect(
      mutation.type === 'full' && mutation.entities[0].entity.metadata,
    ).toMatchObject({
      annotations: {
        'backstage.io/managed-by-location': 'dojo-forge:savings.git',
        'backstage.io/managed-by-origin-location': 'dojo-forge:savings.git',
      },
    });
  });

  it('gives a component the repository that its file is in, where the file names none', async () => {
    const named = '  annotations:\n    dojo/repository: file:elsewhere.git\n';
    await refsAfter([
      file('a.git', entity('a')),
      file('b.git', entity('b', 'Component', named)),
    ]);
    const [mutation] = mutations;
    expect(
      mutation.type === 'full' &&
        mutation.entities.map(
          each => each.entity.metadata.annotations?.['dojo/repository'],
        ),
    ).toEqual(['file:a.git', 'file:elsewhere.git']);
  });

  it.each(['User', 'Group', 'Template', 'Location', 'System', 'Domain'])(
    'takes no %s from a repository',
    async kind => {
      expect(
        await refsAfter([
          file('a.git', `${entity('a')}---\n${entity('mallory', kind)}`),
        ]),
      ).toEqual(['Component a of dojo-forge:a.git']);
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining(`a.git: a ${kind} is not taken`),
      );
    },
  );

  it('keeps what a repository said before it said something bad, and complains once', async () => {
    await refsAfter([file('a.git', entity('a')), file('b.git', entity('b'))]);
    const both = [
      'Component a of dojo-forge:a.git',
      'Component b of dojo-forge:b.git',
    ];
    const bad: ForgeEntry = {
      repository: 'a.git',
      kind: 'unreadable',
      why: 'catalog-info.yaml has 70000 bytes, more than 65536',
    };
    expect(await refsAfter([bad, file('b.git', entity('b'))])).toEqual(both);
    expect(await refsAfter([bad, file('b.git', entity('b'))])).toEqual(both);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    const broken = file('a.git', 'kind: Component\n');
    expect(await refsAfter([broken, file('b.git', entity('b'))])).toEqual(both);
  });

  it('lets go of what a repository says no more, and of a repository that is gone', async () => {
    await refsAfter([file('a.git', entity('a')), file('b.git', entity('b'))]);
    expect(await refsAfter([{ repository: 'a.git', kind: 'absent' }])).toEqual(
      [],
    );
  });

  it('gives an entity that two claim to the repository of its name', async () => {
    expect(
      await refsAfter([
        file('aaa.git', entity('savings')),
        file('savings.git', entity('savings')),
        file('zzz.git', entity('savings')),
      ]),
    ).toEqual(['Component savings of dojo-forge:savings.git']);
  });

  it('takes no more than a hundred entities of one file', async () => {
    const many = Array.from({ length: 150 }, (_, at) => entity(`e${at}`));
    expect(await refsAfter([file('a.git', many.join('---\n'))])).toHaveLength(
      100,
    );
  });

  it('looks as soon as it is connected where it was asked before', async () => {
    provider = makeProvider();
    entries = [file('savings.git', entity('savings'))];
    await provider.refresh();
    expect(mutations).toHaveLength(0);
    await connect();
    expect(mutations).toHaveLength(1);
  });

  it('looks once more where it was asked while it looked', async () => {
    entries = [file('a.git', entity('a'))];
    const first = provider.refresh();
    await Promise.all([first, provider.refresh(), provider.refresh()]);
    expect(looked).toBe(2);
  });
});
