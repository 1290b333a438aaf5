import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const steps = (input: object) =>
  stringify({
    steps: [{ id: 'release', name: 'Release', action: 'dojo:release', input }],
  });

/** Each is run against a real repository by release.examples.test.ts. */
export const examples: TemplateExample[] = [
  {
    description:
      'Release what is on the branch; the commit messages decide the version.',
    example: steps({ component: 'component:default/ledger' }),
  },
  {
    description: 'Say what would be released, and write nothing.',
    example: steps({ component: 'component:default/ledger', dryRun: true }),
  },
  {
    description: 'Release a version of your own choice.',
    example: steps({ component: 'component:default/ledger', bump: '2.0.0' }),
  },
  {
    description:
      'Release a candidate of the next version, such as 1.5.0-beta.1.',
    example: steps({
      component: 'component:default/ledger',
      bump: 'prerelease',
      preid: 'beta',
    }),
  },
  {
    description:
      'Release on a given day, without a changelog, and with the version in one file only.',
    example: steps({
      component: 'component:default/ledger',
      date: '2026-11-22',
      changelog: 'none',
      versionFiles: ['package.json'],
    }),
  },
  {
    description:
      'Release exactly the plan that was reviewed; the template release does this with its review page.',
    example: steps({
      component: '${{ parameters.component }}',
      bump: '${{ parameters.bump }}',
      date: '${{ parameters.review.date }}',
      planHash: '${{ parameters.review.planHash }}',
    }),
  },
];
