import { createImageOpener } from '../create-image-opener';
import type { RegistryConfig } from '../create-image-opener';

/** The repository that the suites use. */
export const testPath = 'acme/ledger';

/** Opens {@link testPath} at a test registry; it does not sleep, and tells for how long it should have. */
export function openTestImage(
  host: string,
  more: Partial<RegistryConfig> = {},
) {
  const waits: number[] = [];
  const opener = createImageOpener({
    registries: [{ host, plainHttp: true, ...more }],
    allow: 'listed',
    ports: {
      sleep: async milliseconds => {
        waits.push(milliseconds);
      },
    },
  });
  return { image: opener(`${host}/${testPath}`), waits };
}
