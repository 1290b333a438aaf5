import { shownEnvironments } from './shownEnvironments';

const chain = (...names: string[]) =>
  names.map((name, index) => ({
    name,
    ...(index > 0 && { promotesFrom: names[index - 1] }),
  }));

describe('shownEnvironments', () => {
  it.each([
    ['none', [], [], []],
    [
      'three',
      chain('dev', 'staging', 'production'),
      ['dev'],
      ['dev', 'staging', 'production'],
    ],
    [
      'six',
      chain('a', 'b', 'c', 'd', 'e', 'f'),
      [],
      ['a', 'b', 'c', 'd', 'e', 'f'],
    ],
    [
      'the first five and production of eight',
      chain('a', 'b', 'c', 'd', 'e', 'f', 'production', 'g'),
      [],
      ['a', 'b', 'c', 'd', 'e', 'production'],
    ],
    [
      'production where it comes first, and five others',
      chain('production', 'a', 'b', 'c', 'd', 'e', 'f'),
      [],
      ['production', 'a', 'b', 'c', 'd', 'e'],
    ],
    [
      'the last that nothing is promoted from, where none is called production',
      chain('a', 'b', 'c', 'd', 'e', 'f', 'live'),
      [],
      ['a', 'b', 'c', 'd', 'e', 'live'],
    ],
    [
      'those that are chosen of seven, in the order of the configuration',
      chain('a', 'b', 'c', 'd', 'e', 'f', 'g'),
      ['g', 'b', 'unknown'],
      ['b', 'g'],
    ],
    [
      'the usual ones, where none that is chosen is configured',
      chain('a', 'b', 'c', 'd', 'e', 'f', 'g'),
      ['unknown'],
      ['a', 'b', 'c', 'd', 'e', 'g'],
    ],
  ])('shows %s', (_, all, chosen, shown) => {
    expect(shownEnvironments(all, chosen)).toEqual(shown);
  });
});
