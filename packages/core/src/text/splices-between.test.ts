import fc from 'fast-check';
import { applySplices } from './apply-splices';
import { renderDiff } from './render-diff';
import { splicesBetween } from './splices-between';

const seed = 20261130;

function diff(before: string, after: string): string[] {
  const splices = splicesBetween(before, after);
  return renderDiff({ path: 'f', splices }, before).lines.map(
    ({ kind, text }) => `${kind === 'add' ? '+' : '-'}${text}`,
  );
}

const overlay = (tag: string, digest: string) => `resources:
  - base?ref=${tag}
  - pvc.yaml
images:
  - name: ghcr.io/acme/ledger
    digest: ${digest}
`;

describe('splicesBetween', () => {
  it('leaves the lines between two changes where they are', () => {
    expect(diff(overlay('v1', 'sha1'), overlay('v2', 'sha2'))).toEqual([
      '-  - base?ref=v1',
      '+  - base?ref=v2',
      '-    digest: sha1',
      '+    digest: sha2',
    ]);
  });

  it.each<[string, string, string[]]>([
    ['a\nb\nc\n', 'a\nb\nc\n', []],
    ['', 'a\n', ['+a']],
    ['a\n', '', ['-a']],
    ['a\nb\n', 'b\na\n', ['-a', '+a']],
    ['a\nx\na\n', 'a\ny\na\n', ['-x', '+y']],
    ['a\nb', 'a\nc', ['-b', '+c']],
  ])('between %j and %j is %j', (before, after, expected) => {
    expect(diff(before, after)).toHaveLength(expected.length);
    expect([...diff(before, after)].sort()).toEqual([...expected].sort());
  });

  it(`makes the one text of the other, whatever they are (seed ${seed})`, () => {
    const text = fc
      .array(fc.constantFrom('a\n', 'b\n', 'c\n', 'd\n', 'e', '\n'), {
        maxLength: 12,
      })
      .map(lines => lines.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(applySplices(before, splicesBetween(before, after))).toBe(after);
      }),
      { seed },
    );
  });
});
