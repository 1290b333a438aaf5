import { freezeErrors } from './freeze-errors';
import { daysOfWeek, minutesOfWeek, toZone, wallMinute } from './wall-minute';

/** Longer than any window that names a zone; what is longer is not read. */
const maxLength = 120;
const millisecondsOfMinute = 60_000;
const probeMinutes = 60;
/**
 * How far `until` is looked for. Windows of a week repeat with it; what is open for an hour that the clocks skip is
 * closed for two. After three nothing new comes.
 */
const maxFrozenMinutes = 3 * minutesOfWeek;

const pattern =
  /^(?<fromDay>\p{L}+) +(?<from>\S+) *[-–—] *(?<toDay>\p{L}+) +(?<to>\S+)(?: +(?<zone>\S+))?$/u;
const timePattern = /^(\d{1,2}):(\d{2})$/;

/** A time of every week in which nothing is deployed. Plain data; made by {@link parseFreezeWindow}. */
export interface FreezeWindow {
  /** As it was written. */
  readonly text: string;
  /** IANA name of the zone in whose wall time it is. */
  readonly zone: string;
  /** First minute of it, since Monday 00:00. */
  readonly start: number;
  /** First minute after it, likewise. Before `start`: over the week's end; equal to it: the whole week. */
  readonly end: number;
}

/** That, and how long, nothing is deployed. */
export interface Frozen {
  /** The first of the windows that covers the instant. */
  readonly window: FreezeWindow;
  /** First instant that no window covers; undefined: the windows leave no minute of a week open. */
  readonly until: Date | undefined;
}

/**
 * Reads one window: `Fri 16:00 - Mon 08:00 Europe/Rome`. The time zone is never guessed. `24:00` is the end of its day;
 * the same day and time twice are the whole week.
 *
 * @throws DojoError FREEZE_WINDOW_INVALID where it is no such text, with what is wrong with it.
 */
export function parseFreezeWindow(text: string): FreezeWindow {
  const refuse = (why: string) => freezeErrors.windowInvalid(text, why);
  if (text.length > maxLength) throw refuse('it is too long');
  const written = text.trim().replace(/\s+/g, ' ');
  if (written === '') throw refuse('it is empty');
  const groups = pattern.exec(written)?.groups;
  if (groups === undefined) {
    throw refuse('it is no "day time - day time zone"');
  }
  const { fromDay, from, toDay, to, zone: zoneName } = groups;
  const day = (name: string) => {
    const index = dayNumber(name);
    if (index < 0) {
      throw refuse(
        `${name} is no day; days are ${daysOfWeek.map(shortDay).join(', ')}`,
      );
    }
    return index;
  };
  const minute = (time: string, latest: number) => {
    const [, hours, minutes] = timePattern.exec(time) ?? [];
    const value = Number(hours) * 60 + Number(minutes);
    if (hours === undefined || Number(minutes) > 59 || value > latest) {
      throw refuse(`${time} is no time of a day`);
    }
    return value;
  };
  const start = day(fromDay) * 24 * 60 + minute(from, 24 * 60 - 1);
  const end = day(toDay) * 24 * 60 + minute(to, 24 * 60);
  if (zoneName === undefined) throw refuse('it names no time zone');
  const zone = toZone(zoneName);
  if (zone === undefined) throw refuse(`${zoneName} is no time zone`);
  return { text, zone, start, end: end % minutesOfWeek };
}

/** The number of a day, by its English name or the first three letters of it, in any case; -1: it is none. */
function dayNumber(written: string): number {
  const lower = written.toLowerCase();
  return daysOfWeek.findIndex(day =>
    [day, shortDay(day)].some(name => name.toLowerCase() === lower),
  );
}

function shortDay(day: string): string {
  return day.slice(0, 3);
}

/**
 * Whether nothing is deployed at an instant, and until when. A window covers the instants at which the clock on a wall
 * of its zone shows a time in it, whatever the clocks skip or show twice: after a gap it is closed from the first minute
 * that exists, and of an hour that comes twice both are closed.
 *
 * @returns undefined where no window covers `at`.
 */
export function frozenUntil(
  windows: readonly FreezeWindow[],
  at: Date,
): Frozen | undefined {
  const start =
    Math.floor(at.getTime() / millisecondsOfMinute) * millisecondsOfMinute;
  const last = start + maxFrozenMinutes * millisecondsOfMinute;
  const covering = (instant: number) =>
    windows.find(window => minutesLeft(window, instant) > 0);
  const window = covering(start);
  if (window === undefined) return undefined;
  let instant = start;
  for (
    let next: FreezeWindow | undefined = window;
    next !== undefined;
    next = covering(instant)
  ) {
    instant = endOf(next, instant, last);
    if (instant >= last) return { window, until: undefined };
  }
  return { window, until: new Date(instant) };
}

/** Minutes until the window ends, if the clocks go on evenly; 0: it does not cover the instant. */
function minutesLeft({ zone, start, end }: FreezeWindow, instant: number) {
  const wall = wallMinute(zone, instant);
  const length = start === end ? minutesOfWeek : circular(end - start);
  const passed = circular(wall - start);
  return passed < length ? length - passed : 0;
}

function circular(minutes: number): number {
  return ((minutes % minutesOfWeek) + minutesOfWeek) % minutesOfWeek;
}

/** First instant after one that the window covers, at which it does not; `last` where that is not before it. */
function endOf(window: FreezeWindow, instant: number, last: number): number {
  let at = instant;
  for (
    let left = minutesLeft(window, at);
    left > 0 && at < last;
    left = minutesLeft(window, at)
  ) {
    at = beforeClockChange(window.zone, at, left);
  }
  return Math.min(at, last);
}

/**
 * The instant `minutes` later, or the first before it at which the clocks were changed. No zone changes them twice within
 * an hour, so that one look an hour sees each change.
 */
function beforeClockChange(
  zone: string,
  instant: number,
  minutes: number,
): number {
  const after = (passed: number) => instant + passed * millisecondsOfMinute;
  const first = wallMinute(zone, instant);
  const isEven = (passed: number) =>
    wallMinute(zone, after(passed)) === circular(first + passed);
  let even = 0;
  while (even < minutes) {
    const probe = Math.min(even + probeMinutes, minutes);
    if (!isEven(probe)) {
      let uneven = probe;
      while (uneven - even > 1) {
        const middle = Math.floor((even + uneven) / 2);
        if (isEven(middle)) even = middle;
        else uneven = middle;
      }
      return after(uneven);
    }
    even = probe;
  }
  return after(minutes);
}
