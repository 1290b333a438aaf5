import {
  forgeReleaseKey,
  imageBytesKey,
  imageTagKey,
  refsKey,
} from './effect-keys';

describe('effect keys', () => {
  it('names each effect by the system and what it holds there', () => {
    expect([
      imageBytesKey('sha256:9f2c'),
      refsKey('main', 'v0.4.0'),
      imageTagKey('ghcr.io/acme/ledger', '0.4.0'),
      forgeReleaseKey('v0.4.0'),
    ]).toEqual([
      'image bytes sha256:9f2c',
      'refs main + v0.4.0',
      'image tag ghcr.io/acme/ledger:0.4.0',
      'forge release v0.4.0',
    ]);
  });
});
