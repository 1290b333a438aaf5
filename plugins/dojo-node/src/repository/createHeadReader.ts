import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { DojoPlanOptions } from '../access/DojoCallOptions';
import {
  type ComponentAllowance,
  readComponent,
} from '../component/readComponent';
import { toComponentRef } from '../component/toComponentRef';
import type { createRepositoryOpener } from './createRepositoryOpener';

/** What {@link createHeadReader} works with. */
export interface HeadReaderOptions {
  readonly catalog: CatalogService;
  readonly integrations: ScmIntegrationRegistry;
  readonly allow: ComponentAllowance;
  readonly openRepository: ReturnType<typeof createRepositoryOpener>;
}

/** Reads which commit a branch that a component is released from holds; nobody is asked any more who may. */
export type HeadReader = (
  component: string,
  options: DojoPlanOptions,
  /** Another branch that is asked for; absent: the component's own. */
  branch?: string,
) => Promise<{ readonly branch: string; readonly commit?: string }>;

/** Reads the head of the branch that is asked for, else of the component's own, else of the one that its repository calls its default. */
export function createHeadReader(options: HeadReaderOptions): HeadReader {
  return async (component, { credentials, signal }, asked) => {
    const { repository, branch: named } = await readComponent(
      toComponentRef(component),
      credentials,
      options,
    );
    const opened = await options.openRepository(repository);
    try {
      const refs = await opened.readRefs(signal);
      const branch = asked ?? named ?? refs.headBranch ?? '';
      const commit = refs.branches.get(branch);
      return { branch, ...(commit !== undefined && { commit }) };
    } finally {
      await opened.dispose();
    }
  };
}
