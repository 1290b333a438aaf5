import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const steps = (input: object) =>
  stringify({
    steps: [{ id: 'reject', name: 'Reject', action: 'dojo:reject', input }],
  });
const rejection = {
  component: 'component:default/ledger',
  version: 'v0.2.0',
  reason: 'wrong time zone value',
};

/** Each is run against a real git repository by reject.examples.test.ts. */
export const examples: TemplateExample[] = [
  {
    description:
      'Keep a version out of every environment; where it is rejected already, nothing is done.',
    example: steps(rejection),
  },
  {
    description: 'Say whether it would be rejected, and write nothing.',
    example: steps({ ...rejection, dryRun: true }),
  },
  {
    description: 'Reject what a form says, as the template reject does.',
    example: steps({
      component: '${{ parameters.component }}',
      version: '${{ parameters.version }}',
      reason: '${{ parameters.reason }}',
    }),
  },
];
