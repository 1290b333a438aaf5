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

/** Reads which commit the branch that a component is released from holds; nobody is asked any more who may. */
export type HeadReader = (
  component: string,
  options: DojoPlanOptions,
) => Promise<{ readonly branch: string; readonly commit?: string }>;

/** Reads the head of the component's own branch, else of the one that its repository calls its default. */
export function createHeadReader(options: HeadReaderOptions): HeadReader {
  return async (component, { credentials, signal }) => {
    const { repository, branch: named } = await readComponent(
      toComponentRef(component),
      credentials,
      options,
    );
    const opened = await options.openRepository(repository);
    try {
      const refs = await opened.readRefs(signal);
      const branch = named ?? refs.headBranch ?? '';
      const commit = refs.branches.get(branch);
      return { branch, ...(commit !== undefined && { commit }) };
    } finally {
      await opened.dispose();
    }
  };
}
