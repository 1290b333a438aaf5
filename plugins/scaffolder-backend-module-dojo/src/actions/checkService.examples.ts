import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const step = (input: object) =>
  stringify({ steps: [{ id: 'check', action: 'dojo:check-service', input }] });

export const examples: TemplateExample[] = [
  {
    description: 'Check a service for the local forge',
    example: step({ name: 'savings', owner: 'group:default/accounting' }),
  },
  {
    description: 'Check a service for GitHub, with a host in one environment',
    example: step({
      name: 'savings',
      owner: 'group:default/accounting',
      forge: 'github',
      forgeOwner: 'acme',
      hosts: [{ environment: 'dev', host: 'savings.dev.example.com' }],
    }),
  },
];
