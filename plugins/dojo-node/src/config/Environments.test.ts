import { Environments } from './Environments';
import type { EnvironmentsConfig } from './Environments';

const environments: EnvironmentsConfig['environments'] = [
  { name: 'dev', database: { file: '/databases/{component}.duckdb' } },
  {
    name: 'production',
    cluster: { name: 'eu-1', url: 'https://eu-1.acme.test', token: 'secret' },
    promotesFrom: 'dev',
    mode: 'pull-request',
    approval: true,
    freeze: ['Fri 16:00 - Mon 08:00 Europe/Rome'],
  },
];
const nothing = { repositories: [], images: [], infra: [] };

describe('Environments', () => {
  describe('list', () => {
    it('says what can be done in each, and nothing of where', () => {
      const listed = new Environments({
        environments,
        allow: nothing,
        infra: { repository: 'https://git.acme.test/infra' },
      }).list();
      expect(listed).toEqual([
        { name: 'dev', migrates: true, deploys: true, mode: 'commit' },
        {
          name: 'production',
          migrates: false,
          deploys: true,
          promotesFrom: 'dev',
          promotedOnly: true,
          mode: 'pull-request',
          cluster: 'eu-1',
          approval: true,
        },
      ]);
    });

    it('says where only what was promoted gets in, and where any version does', () => {
      const listed = new Environments({
        environments: [
          { name: 'dev' },
          { name: 'staging', promotesFrom: 'dev' },
          { name: 'qa', promotesFrom: 'dev', promotedOnly: true },
          {
            name: 'live',
            promotesFrom: 'qa',
            approval: true,
            promotedOnly: false,
          },
        ],
        allow: nothing,
      }).list();
      expect(listed.map(each => [each.name, each.promotedOnly])).toEqual([
        ['dev', undefined],
        ['staging', undefined],
        ['qa', true],
        ['live', undefined],
      ]);
    });

    it('deploys nowhere without a repository of overlays', () => {
      const deploys = (infra: EnvironmentsConfig['allow']['infra']) =>
        new Environments({ environments, allow: { ...nothing, infra } })
          .list()
          .map(each => [each.deploys, each.mode]);
      expect(deploys([])).toEqual([
        [false, undefined],
        [false, undefined],
      ]);
      // Components may name one themselves.
      expect(deploys([{ pattern: 'file:*' }])).toEqual([
        [true, 'commit'],
        [true, 'pull-request'],
      ]);
    });
  });
});
