import { inGraphOrder } from './in-graph-order';

const order = (commits: readonly string[]) =>
  inGraphOrder(
    commits.map(text => {
      const [oid, ...parents] = text.split(' ');
      return { oid, parents };
    }),
  )
    .map(({ oid }) => oid)
    .join('');

describe('inGraphOrder', () => {
  it.each([
    ['keeps an order that is right', ['d b c', 'c a', 'b a', 'a'], 'dcba'],
    ['puts a child before its parent', ['d b c', 'a', 'c a', 'b a'], 'dcba'],
    [
      'puts a parent directly behind its last child',
      ['e b d', 'd c', 'a', 'b a', 'c'],
      'edbac',
    ],
    ['puts a whole line behind its child', ['a', 'b a', 'c b', 'd c'], 'dcba'],
    ['leaves parents out that are not there', ['b x', 'a y'], 'ba'],
    ['takes one parent twice', ['b a a', 'a'], 'ba'],
  ])('%s', (_, commits, expected) => {
    expect(order(commits)).toBe(expected);
  });
});
