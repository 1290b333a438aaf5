import type { ServiceResult } from '../service/service-plan';

/** The plan of a new service `savings`, of which nothing is there yet. */
export function plannedService(): ServiceResult {
  return {
    plan: {
      component: 'component:default/savings',
      repository: {
        decides: {
          values: {
            name: 'savings',
            package: 'savings',
            prefix: 'SAVINGS',
            title: 'Savings',
            description: '',
            owner: 'group:default/accounting',
            system: '',
            repository: 'file:savings.git',
            image: 'oci:images/savings',
            frontend: 'none',
            forge: 'local',
          },
        },
        planHash: `11111111${'a'.repeat(56)}`,
      },
      overlays: {
        decides: {
          infra: 'file:infra.git',
          overlays: [
            {
              environment: 'dev',
              folder: 'savings/dev',
              host: 'savings.dev.example.com',
              storage: { size: '1Gi' },
              mode: 'commit',
              version: '0.1.0',
            },
            {
              environment: 'production',
              folder: 'savings/production',
              storage: { size: '1Gi' },
              mode: 'pull-request',
            },
          ],
        },
        planHash: `22222222${'b'.repeat(56)}`,
      },
      release: {
        decides: {
          version: '0.1.0',
          tag: 'v0.1.0',
          migrates: 'dev',
          deploys: 'dev',
        },
        planHash: `33333333${'c'.repeat(56)}`,
      },
      shows: {
        reason: 'Creates repository savings.git, 2 overlays and release 0.1.0.',
        files: 54,
        warnings: [],
      },
    },
    planHash: 'd'.repeat(64),
    state: 'missing',
    isPastRelease: false,
    problems: [],
  };
}
