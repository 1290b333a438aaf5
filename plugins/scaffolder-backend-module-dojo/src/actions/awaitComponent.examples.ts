import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description:
      'Wait until the catalog has a component that was just published',
    example: stringify({
      steps: [
        {
          id: 'entry',
          action: 'dojo:await-component',
          input: {
            component: 'component:default/savings',
            repository: 'file:savings.git',
          },
        },
      ],
    }),
  },
];
