import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A temporary folder for all that the suites start, since what a test kills cannot tidy up behind itself: a build machine's
 * disk is not to fill up with it from one stage to the next.
 */
export class OwnTemporary {
  /** Its path, short: sockets are made below it, whose paths have 107 bytes at most. */
  folder;

  constructor(parent = tmpdir()) {
    this.folder = mkdtempSync(join(parent, 'dojo-test-'));
    // As the one of the system: what root starts as another user, such as PostgreSQL, has its own in it.
    chmodSync(this.folder, 0o1777);
  }

  /** Removes what is in it; what cannot be removed stays. */
  empty() {
    for (const name of readdirSync(this.folder)) {
      removeAll(join(this.folder, name));
    }
  }

  /** Removes it. */
  remove() {
    removeAll(this.folder);
  }
}

function removeAll(path) {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // A process that outlived its test still writes there: it goes with the folder's next turn.
  }
}

/** What is free for an ordinary user on the disk of a folder, in bytes. */
export function freeBytes(folder) {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
