import type { DeliveryRelease } from '../delivery';
import { imageDigest } from './delivery-environment';
import { before } from './delivery-time';
import { objectId } from './object-id';

/** Release 0.4.1 of ledger, with an image that the registry has. */
export function deliveryRelease(
  changes: Partial<DeliveryRelease> = {},
): DeliveryRelease {
  return {
    kind: 'release',
    version: '0.4.1',
    tag: 'v0.4.1',
    sha: objectId('1b77e0'),
    at: before(20, 'min'),
    by: { ref: 'user:default/owner', name: 'owner' },
    breaking: false,
    needs: '0015_reconciliation',
    notes: '### Fixes\n\n- **config**: time zone (#55)\n',
    image: {
      kind: 'digest',
      digest: imageDigest('9f2c41'),
      check: 'same',
      checkedAt: before(18, 'min'),
    },
    unfinished: [],
    urls: {
      release: 'https://forge.example/acme/ledger/releases/v0.4.1',
      tag: 'https://forge.example/acme/ledger/src/tag/v0.4.1',
      compare: 'https://forge.example/acme/ledger/compare/v0.4.0...v0.4.1',
    },
    ...changes,
  };
}
