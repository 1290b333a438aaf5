import { isDojoError } from 'backstage-plugin-dojo-common';
import type { LocalRoot } from '../../local/local-root';
import type { CommitImages } from '../../service/ports';
import { createImageOpener } from '../create-image-opener';
import { addCommitImage } from './add-commit-image';

/** The images of commits in image layouts of this machine. */
export function createCommitImages(layouts: LocalRoot): CommitImages {
  const open = createImageOpener({ registries: [], allow: 'listed', layouts });
  return {
    async find(image, commit, signal) {
      try {
        return await open(image).readDigest(commit, signal);
      } catch (error) {
        const isAbsent =
          isDojoError(error) && error.code === 'IMAGE_LAYOUT_MISSING';
        if (!isAbsent) throw error;
        return undefined;
      }
    },
    async make(repository, commit, signal) {
      await addCommitImage({ repository, root: layouts }, commit, [], signal);
    },
  };
}
