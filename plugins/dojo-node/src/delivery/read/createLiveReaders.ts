import { createClusterReaders } from './createClusterReaders';
import { createDatabaseReader } from './createDatabaseReader';
import type { DatabaseReaderOptions } from './createDatabaseReader';
import { createImageReader } from './createImageReader';
import type { ImageReaderOptions } from './createImageReader';
import type { DeliveryReaders } from './DeliveryReaders';

/** What {@link createLiveReaders} works with. */
export interface LiveReadersOptions extends DatabaseReaderOptions {
  readonly config: DatabaseReaderOptions['config'] &
    ImageReaderOptions['config'];
}

/** How is read what runs: clusters, databases, images. */
export function createLiveReaders(
  options: LiveReadersOptions,
): Pick<
  DeliveryReaders,
  'followCluster' | 'readLog' | 'readDatabase' | 'checkImage'
> {
  const { environments } = options;
  return {
    ...createClusterReaders({ environment: name => environments.get(name) }),
    ...createDatabaseReader(options),
    ...createImageReader(options),
  };
}
