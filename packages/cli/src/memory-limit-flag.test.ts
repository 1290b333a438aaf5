import { Command } from 'commander';
import { memoryLimitOption } from './memory-limit-flag';

describe('memoryLimitOption', () => {
  const parse = (size: string) =>
    new Command('dojo')
      .exitOverride()
      .configureOutput({ writeErr: () => {} })
      .addOption(memoryLimitOption())
      .parse(['--memory-limit', size], { from: 'user' })
      .opts<{ memoryLimit: number }>().memoryLimit;

  it.each([
    ['512MiB', 536_870_912],
    ['2GB', 2_000_000_000],
    ['1.5GiB', 1_610_612_736],
  ])('reads %s', (size, bytes) => {
    expect(parse(size)).toBe(bytes);
  });

  it.each(['2', 'GB', '-1GB', '0MB', '1e9MB', '80%', '1TB', ''])(
    'refuses %j, and says what it takes',
    size => {
      expect(() => parse(size)).toThrow('It is a size such as 512MiB or 2GB.');
    },
  );
});
