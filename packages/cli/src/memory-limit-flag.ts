import { InvalidArgumentError, Option } from 'commander';

const units: Readonly<Record<string, number>> = {
  MB: 1_000_000,
  MiB: 1024 ** 2,
  GB: 1_000_000_000,
  GiB: 1024 ** 3,
};

/** `--memory-limit`, of every command that works on a copy of a database. */
export function memoryLimitOption(): Option {
  return new Option(
    '--memory-limit <size>',
    'memory for DuckDB, such as 512MiB or 2GB (default: most of what the machine or container has)',
  ).argParser(parseSize);
}

/** Bytes. */
function parseSize(written: string): number {
  const [, number, unit] =
    /^(\d{1,9}(?:\.\d{1,3})?)([MG]i?B)$/.exec(written) ?? [];
  const bytes = Math.floor(Number(number) * (units[unit ?? ''] ?? NaN));
  if (!(bytes > 0)) {
    throw new InvalidArgumentError('It is a size such as 512MiB or 2GB.');
  }
  return bytes;
}
