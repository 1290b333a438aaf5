import { repositoryName } from '../../component/repositoryName';
import type { DeliveryIndex } from '../store/DeliveryIndex';
import type { IndexedComponent } from '../store/IndexedComponent';
import type { InfraRefresh } from './InfraRefresh';
import type { RepositoryRefresh } from './RepositoryRefresh';
import { runLimited } from './runLimited';

const limits = { atOnce: 4, perKey: 4, keyOf: () => '' };

/** What {@link PushRefresh} works with. */
export interface PushRefreshOptions {
  readonly index: Pick<DeliveryIndex, 'components'>;
  readonly repositories: Pick<RepositoryRefresh, 'read'>;
  readonly infra: Pick<InfraRefresh, 'addressOf' | 'read'>;
  /** Ends what is read. */
  readonly signal: AbortSignal;
}

/** Reads what was pushed to: each repository by one reading at a time, and once more where it was pushed to meanwhile. */
export class PushRefresh {
  readonly #options: PushRefreshOptions;
  readonly #reading = new Map<string, { again: boolean }>();

  constructor(options: PushRefreshOptions) {
    this.#options = options;
  }

  /**
   * Reads the components that are released from a repository, and the overlays where it holds them.
   *
   * @param addresses - of one repository, however they are written; nothing is opened by them
   */
  async read(addresses: readonly string[]): Promise<void> {
    const names = new Set(
      addresses.map(repositoryName).filter(name => name !== undefined),
    );
    const key = [...names].sort().join(' ');
    if (key === '') return;
    const underWay = this.#reading.get(key);
    if (underWay) {
      underWay.again = true;
      return;
    }
    const mine = { again: false };
    this.#reading.set(key, mine);
    try {
      do {
        mine.again = false;
        await this.#readOnce(names);
      } while (mine.again && !this.#options.signal.aborted);
    } finally {
      this.#reading.delete(key);
    }
  }

  async #readOnce(names: ReadonlySet<string>): Promise<void> {
    const { index, repositories, infra, signal } = this.#options;
    const isNamed = (address: string | undefined) =>
      address !== undefined && names.has(repositoryName(address) ?? '');
    const components = await index.components();
    const released = components.filter(({ entity: { place } }) =>
      isNamed(place.kind === 'target' ? place.target.repository : undefined),
    );
    // One of them stands for all whose overlays are there.
    const deployed = components.find(component =>
      isNamed(infra.addressOf(component)),
    );
    const readOne = (component: IndexedComponent) =>
      repositories.read(component, signal);
    await Promise.all([
      runLimited(released, { ...limits, signal }, readOne),
      ...(deployed ? [infra.read(signal, deployed)] : []),
    ]);
  }
}
