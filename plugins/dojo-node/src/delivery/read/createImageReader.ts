import { createImageOpener } from 'dojo-portal-core/release';
import type { ImageOpenerOptions } from 'dojo-portal-core/release';
import type { DojoConfig } from '../../config/readDojoConfig';
import type { DeliveryReaders } from './DeliveryReaders';

/** What {@link createImageReader} looks at. */
export interface ImageReaderOptions extends Pick<ImageOpenerOptions, 'ports'> {
  readonly config: Pick<DojoConfig, 'registries' | 'localForgeRoot'>;
}

/** How images are looked at: one HEAD of the version's tag, in a registry or in a layout of the local forge. */
export function createImageReader({
  config: { registries, localForgeRoot },
  ports,
}: ImageReaderOptions): Pick<DeliveryReaders, 'checkImage'> {
  const open = createImageOpener({
    registries,
    allow: 'listed',
    ...(localForgeRoot !== undefined && {
      layouts: { kind: 'below' as const, path: localForgeRoot },
    }),
    ...(ports && { ports }),
  });
  return {
    async checkImage({ image }, { version, digest }, signal) {
      if (image === undefined) return 'missing';
      // As the release engine writes it: a tag of an image has no build metadata's plus sign.
      const tag = version.replace(/[^A-Za-z0-9._-]/g, '-');
      const found = await open(image).readDigest(tag, signal);
      if (found === undefined) return 'missing';
      return found === digest ? 'same' : 'differs';
    },
  };
}
