import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImageManifest, ImageRepository } from '../../../release/ports';
import { createImageOpener } from '../../create-image-opener';
import { makeLayout } from './make-layout';
import type { TestLayout } from './make-layout';

/** The name of the layout that each test finds. */
export const layoutName = 'oci:images/ledger';

/** What the suites of layouts work in: a folder as the forge, with one layout. */
export interface LayoutWorld {
  readonly root: string;
  readonly layout: TestLayout;
  /** As the portal opens it, below `root` where no other is given. */
  open(repository?: string, root?: string): ImageRepository;
  blobOf(image: ImageManifest): string;
  /** What index.json holds. */
  index(): { manifests: { digest: string }[] };
  /** Names in the layout's folder. */
  entries(): string[];
}

/** Makes the world of the suite that calls this, anew for each test. */
export function layoutWorld(): LayoutWorld {
  let root: string;
  let layout: TestLayout;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dojo-layout-'));
    layout = makeLayout(root);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  return {
    get root() {
      return root;
    },
    get layout() {
      return layout;
    },
    open: (repository = layoutName, path = root) =>
      createImageOpener({
        registries: [],
        allow: 'listed',
        layouts: { kind: 'below', path },
      })(repository),
    blobOf: ({ digest }) =>
      join(layout.folder, 'blobs/sha256', digest.slice(7)),
    index: () =>
      JSON.parse(readFileSync(join(layout.folder, 'index.json'), 'utf8')),
    entries: () => readdirSync(layout.folder).sort(),
  };
}
