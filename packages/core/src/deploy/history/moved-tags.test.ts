import { ensureImageStands, ensureTagStands } from './moved-tags';
import type { TagPin } from './moved-tags';

const a = 'a'.repeat(40);
const b = 'b'.repeat(40);
const pin = (tag: string, commit: string): TagPin => ({
  tag,
  commit,
  folder: 'ledger/dev',
  infraCommit: 'c'.repeat(40),
});

describe('ensureTagStands', () => {
  it('lets a tag pass that nobody pinned, or that is where it was', () => {
    ensureTagStands('v1', a, [], []);
    ensureTagStands('v1', a, [pin('v1', a), pin('v2', b)], [pin('v2', b)]);
    ensureTagStands('v1', a, [], [pin('v1', a)]);
    // A person moved the commit on and left the comment: what a run recorded is known better.
    expect(() =>
      ensureTagStands('v1', a, [pin('v1', a)], [pin('v1', b)]),
    ).not.toThrow();
  });

  it.each([
    [[pin('v1', b)], []],
    [[], [pin('v1', b)]],
    [[pin('v1', b)], [pin('v1', a)]],
  ])('refuses a moved one with both commits', (recorded, commented) => {
    expect(() => ensureTagStands('v1', a, recorded, commented)).toThrow(
      expect.objectContaining({
        code: 'DEPLOY_TAG_MOVED',
        kind: 'refused',
        message: `tag v1 was moved: ledger/dev (infra commit ccccccc) pinned it at ${b}, and it leads to ${a} now`,
      }),
    );
  });
});

describe('ensureImageStands', () => {
  const image = { repository: 'ghcr.io/acme/ledger', tag: '1', digest: 'new' };
  const version = { base: 'https://x/y.git//base', commit: a };
  const change = {
    planHash: '',
    component: 'ledger',
    environment: 'dev',
    base: 'https://x/y//base',
    commit: a,
    images: [{ name: image.repository, digest: 'old' }],
    isRollback: false,
  };

  it('refuses an image tag that leads elsewhere than when the version was deployed', () => {
    expect(() => ensureImageStands(image, version, [change])).toThrow(
      'image tag ghcr.io/acme/ledger:1 was moved: ledger/dev pinned it at old, and it leads to new now',
    );
  });

  it.each([
    { ...change, commit: b },
    { ...change, base: 'https://x/other//base' },
    { ...change, images: [{ name: 'redis', digest: 'old' }] },
    { ...change, images: [{ name: image.repository, digest: 'new' }] },
  ])('lets others pass', other => {
    expect(() => ensureImageStands(image, version, [other])).not.toThrow();
  });
});
