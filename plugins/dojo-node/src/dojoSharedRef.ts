import {
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import type { ChildSlots } from './child/ChildSlots';
import { DatabaseTurns } from './migration/DatabaseTurns';

/** What all plugins of a backend have together. */
export interface DojoShared {
  /** A task of one plugin and a page of another may want the same database. */
  readonly turns: DatabaseTurns;
  /** Made with the first plugin whose configuration is right. */
  slots?: ChildSlots;
}

/** Once for all plugins of a backend. */
export const dojoSharedRef = createServiceRef<DojoShared>({
  id: 'dojo.shared',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {},
      factory: (): DojoShared => ({ turns: new DatabaseTurns() }),
    }),
});
