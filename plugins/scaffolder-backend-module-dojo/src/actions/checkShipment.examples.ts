import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** What it compares is in shipment.integration.test.ts, which runs the template that has this step. */
export const examples: TemplateExample[] = [
  {
    description:
      'Go on only where release, migration and deployment are what was reviewed; the template ship does this with its review page.',
    example: stringify({
      steps: [
        {
          id: 'check',
          name: 'Compare with the review',
          action: 'dojo:check-shipment',
          input: {
            component: '${{ parameters.component }}',
            environment: '${{ parameters.environment }}',
            bump: '${{ parameters.bump }}',
            date: '${{ parameters.review.date }}',
            reviewed: {
              base: '${{ parameters.review.base }}',
              release: '${{ parameters.review.release }}',
              afterRelease: '${{ parameters.review.afterRelease }}',
              migration: '${{ parameters.review.migration }}',
              deployment: '${{ parameters.review.deployment }}',
            },
          },
        },
      ],
    }),
  },
];
