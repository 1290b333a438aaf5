import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ComponentVersions } from 'backstage-plugin-dojo-common';
import { dojoDeliveryReadPermission } from 'backstage-plugin-dojo-common/permissions';
import { notesRef, rejectionIn } from 'dojo-portal-core/deploy';
import { readVersions } from 'dojo-portal-core/repository';
import type { createBaseOpener } from 'dojo-portal-core/repository';
import type { Access } from '../access/Access';
import type { DojoPlanOptions } from '../access/DojoCallOptions';
import {
  type ComponentAllowance,
  readComponent,
} from '../component/readComponent';
import { toComponentRef } from '../component/toComponentRef';
import { toBackstageError } from '../errors/toBackstageError';
import type { Versions } from './Versions';

/** What {@link VersionsService} works with. */
export interface VersionsServiceOptions {
  readonly access: Pick<Access, 'require'>;
  readonly catalog: CatalogService;
  readonly integrations: ScmIntegrationRegistry;
  readonly allow: ComponentAllowance;
  readonly openRepository: ReturnType<typeof createBaseOpener>;
}

/** A form offers no more of them; older ones are asked for by name. */
const maxVersions = 100;

/** Reads the versions of components; not audited, since it shows what a plan shows. */
export class VersionsService implements Versions {
  readonly #options: VersionsServiceOptions;

  constructor(options: VersionsServiceOptions) {
    this.#options = options;
  }

  async list(
    request: { readonly component: string },
    options: DojoPlanOptions,
  ): Promise<ComponentVersions> {
    try {
      return await this.#list(request.component, options);
    } catch (error) {
      throw toBackstageError(error);
    }
  }

  /** The permission comes first: nothing is read, not even the catalog, for who may not. */
  async #list(
    ref: string,
    { credentials, signal }: DojoPlanOptions,
  ): Promise<ComponentVersions> {
    const { access, openRepository } = this.#options;
    const component = toComponentRef(ref);
    await access.require(
      [{ permission: dojoDeliveryReadPermission, resourceRef: component }],
      credentials,
    );
    const { repository, ...line } = await readComponent(
      component,
      credentials,
      this.#options,
    );
    const opened = await openRepository(repository);
    try {
      const tags = await readVersions(opened, line, signal);
      const shown = tags.slice(0, maxVersions);
      const notes = await opened.readNotes(
        notesRef,
        shown.map(({ commit }) => commit),
        signal,
      );
      return {
        versions: shown.map(({ version, name }, at) => {
          const rejected = rejectionIn(notes[at], name)?.reason;
          return {
            version,
            tag: name,
            isStable: !/^[^+]*-/.test(version),
            ...(rejected !== undefined && { rejected }),
          };
        }),
        total: tags.length,
      };
    } finally {
      await opened.dispose();
    }
  }
}
