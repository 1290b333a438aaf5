import { resolveScalar } from './resolve-scalar';

describe('resolveScalar', () => {
  // What kustomize 5.5.0 made of each, and go-yaml 2 of the words.
  it.each([
    ['0440', 288],
    ['0o170', 120],
    ['0b101', 5],
    ['0x1F', 31],
    ['1_000', 1000],
    ['-12', -12],
    ['+1', 1],
    ['08', 8],
    ['1.0', 1],
    ['1e3', 1000],
    ['.5', 0.5],
    ['1_000.5', 1000.5],
    ['0', 0],
    ['', null],
    ['~', null],
    ['Null', null],
    ['on', true],
    ['y', true],
    ['No', false],
    ['FALSE', false],
    ['1:30', '1:30'],
    ['2001-01-01', '2001-01-01'],
    ['1Gi', '1Gi'],
    ['1.10.0', '1.10.0'],
    ['-', '-'],
    ['.', '.'],
    ['e3', 'e3'],
    ['oN', 'oN'],
    ['sha256:9f', 'sha256:9f'],
    ['.inf', Infinity],
    ['-.INF', -Infinity],
    ['.nan', NaN],
  ])('takes %s for %p', (plain, value) => {
    expect(resolveScalar(plain)).toEqual(value);
  });
});
