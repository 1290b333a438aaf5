import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const step = (input: object) =>
  stringify({ steps: [{ id: 'publish', action: 'dojo:publish', input }] });

export const examples: TemplateExample[] = [
  {
    description: 'Make a repository of the workspace in the local forge',
    example: step({ repository: 'file:savings.git' }),
  },
  {
    description:
      'Make it with the image of its commit, so that it can be released',
    example: step({
      repository: 'file:savings.git',
      image: 'oci:images/savings',
    }),
  },
];
