import { memoryLimit } from './memory-limit';

/** What DuckDB may take in this process. */
export interface EngineLimits {
  /** Bytes of memory, not more than the machine or the container can give; default: what it can give. */
  readonly memoryBytes?: number;
  /** Bytes that it spills beside a copy; default: most of the disk. */
  readonly spillBytes?: number;
}

const mebibyte = 1024 * 1024;

let limits: EngineLimits = {};

/** From now on every session of this process has these limits: memory is the process's, whatever it opens. */
export function limitEngine(given: EngineLimits): void {
  limits = given;
}

/** Memory as DuckDB's settings spell it. */
export function memorySetting(): string {
  return memoryLimit(undefined, limits.memoryBytes);
}

/** Whether it is not the disk that ends what can be spilled. */
export function isSpillLimited(): boolean {
  return limits.spillBytes !== undefined;
}

/** The SQL that sets them; to be run before the configuration is locked. */
export function limitsSql(): string {
  const { spillBytes } = limits;
  return [
    `SET memory_limit = '${memorySetting()}'`,
    ...(spillBytes === undefined
      ? []
      : [
          `SET max_temp_directory_size = '${Math.ceil(
            spillBytes / mebibyte,
          )}MiB'`,
        ]),
  ].join('; ');
}
