import { createHash } from 'node:crypto';
import { sha256Hex } from './sha256-hex';

describe('sha256Hex', () => {
  it.each([
    '',
    'abc',
    'component:default/ledger',
    'größe',
    ...[54, 55, 56, 63, 64, 65, 119, 120, 1000].map(length =>
      'x'.repeat(length),
    ),
  ])('is what node:crypto says of %j', text => {
    expect(sha256Hex(text)).toBe(
      createHash('sha256').update(text, 'utf8').digest('hex'),
    );
  });
});
