import { DojoError } from 'backstage-plugin-dojo-common';
import type { IndexedComponent } from '../store/IndexedComponent';
import { composeFacts } from './composeFacts';

const problem = new DojoError({
  code: 'REGISTRY_KEY_MISSING',
  kind: 'unavailable',
  message: 'dojo.registries.0.password is missing.',
}).toJSON();

const componentOf = (image?: string): IndexedComponent => ({
  ref: 'component:default/ledger',
  generation: 1,
  entity: {
    title: 'Ledger',
    place: {
      kind: 'target',
      target: {
        component: 'component:default/ledger',
        name: 'ledger',
        repository: 'file:ledger.git',
        migrations: 'migrations',
        basePath: 'deploy/k8s/base',
        ...(image !== undefined && { image }),
      },
    },
  },
});

describe('composeFacts', () => {
  describe('when a registry is not asked at all', () => {
    const registryOf = (image?: string) =>
      composeFacts(
        componentOf(image),
        [],
        new Map(),
        {
          environments: [],
          registryProblem: asked =>
            asked === 'ghcr.io/acme/ledger' ? problem : undefined,
        },
        new Date(0),
      ).sources.find(({ id }) => id === 'registry');

    it('says why before anything was read', () => {
      expect(registryOf('ghcr.io/acme/ledger')).toMatchObject({
        state: 'failed',
        error: { message: 'dojo.registries.0.password is missing.' },
      });
    });

    it('says nothing of it to components of other registries, or of none', () => {
      expect(registryOf('quay.io/acme/ledger')?.state).toBe('loading');
      expect(registryOf()?.state).toBe('off');
    });
  });
});
