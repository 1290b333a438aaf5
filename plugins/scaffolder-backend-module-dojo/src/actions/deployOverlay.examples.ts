import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const ledgerInDev = {
  component: 'component:default/ledger',
  environment: 'dev',
};
const steps = (input: object) =>
  stringify({
    steps: [
      { id: 'deploy', name: 'Deploy', action: 'dojo:deploy-overlay', input },
    ],
  });

/** Each is run against real git repositories by deployOverlay.examples.test.ts. */
export const examples: TemplateExample[] = [
  {
    description:
      'Deploy a version to dev, with a claim of one gibibyte where there is none yet; where it is there already, nothing is done.',
    example: steps({
      ...ledgerInDev,
      version: 'v0.1.0',
      storage: { size: '1Gi' },
    }),
  },
  {
    description: 'Say what would be deployed, and write nothing.',
    example: steps({ ...ledgerInDev, version: 'v0.2.0', dryRun: true }),
  },
  {
    description: 'Deploy a version under a host, and let the claim grow.',
    example: steps({
      ...ledgerInDev,
      version: 'v0.2.0',
      host: 'ledger.dev.example.com',
      storage: { size: '2Gi' },
    }),
  },
  {
    description:
      'Take over in staging what dev has; its first overlay needs a claim.',
    example: steps({
      ...ledgerInDev,
      environment: 'staging',
      promoteFrom: 'dev',
      storage: { size: '1Gi' },
    }),
  },
  {
    description:
      'Prepare production, with its host and a claim and without a version: nothing runs there until the first deployment.',
    example: steps({
      ...ledgerInDev,
      environment: 'production',
      prepare: true,
      host: 'ledger.example.com',
      storage: { size: '1Gi' },
    }),
  },
  {
    description: 'Go back to the version that was there before.',
    example: steps({ ...ledgerInDev, rollbackTo: 'previous' }),
  },
  {
    description:
      'Ask for the change on a branch of the infra repository, for somebody else to merge.',
    example: steps({
      ...ledgerInDev,
      version: 'v0.2.0',
      mode: 'pull-request',
    }),
  },
  {
    description:
      'Deploy exactly as it was reviewed; the template deploy does this with its review page.',
    example: steps({
      component: '${{ parameters.component }}',
      environment: '${{ parameters.environment }}',
      version: '${{ parameters.version }}',
      planHash: '${{ parameters.review.planHash }}',
    }),
  },
];
