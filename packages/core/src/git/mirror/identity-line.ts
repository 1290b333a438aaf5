import { toPrintable } from '../../text/to-printable';
import { secondsOf } from '../objects/git-objects';

/** The range of Date, in seconds; and of what ISO 8601 writes with four digits of the year. */
const maxSeconds = 253_402_300_799;
const maxName = 200;

/** Name of `Name <email> 1700000000 +0100`, printable; undefined: there is none. An e-mail address is never a part of it. */
export function nameIn(line: string | undefined): string | undefined {
  if (line === undefined) return undefined;
  const end = line.indexOf('<');
  if (end < 0) return undefined;
  // Headers are read as bytes; what git writes into them is UTF-8.
  const name = Buffer.from(line.slice(0, end), 'latin1').toString('utf8');
  const shown = toPrintable(name).trim().slice(0, maxName);
  // Who puts an address where the name belongs shows it to everybody but here.
  const plain = /^[^\s@]+@[^\s@]+$/.test(shown)
    ? shown.slice(0, shown.indexOf('@'))
    : shown;
  return plain === '' ? undefined : plain;
}

/** Moment of `Name <email> 1700000000 +0100` in ISO 8601; undefined: there is none. */
export function timeIn(line: string | undefined): string | undefined {
  const seconds = secondsOf(line);
  return seconds === undefined
    ? undefined
    : new Date(Math.min(seconds, maxSeconds) * 1_000).toISOString();
}
