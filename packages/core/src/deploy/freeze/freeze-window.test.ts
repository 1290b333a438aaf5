import fc from 'fast-check';
import { isDojoError } from 'backstage-plugin-dojo-common';
import { freezeCases } from './__testUtils__/freeze-cases';
import { frozenUntil, parseFreezeWindow } from './freeze-window';

const seed = 20261129;
const minute = 60_000;
const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const covers = (text: string, at: string) =>
  frozenUntil([parseFreezeWindow(text)], new Date(at)) !== undefined;
const until = (texts: readonly string[], at: string) =>
  frozenUntil(texts.map(parseFreezeWindow), new Date(at))?.until?.toISOString();
const refusal = (text: string) => {
  try {
    parseFreezeWindow(text);
  } catch (error) {
    if (isDojoError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'taken';
};

describe('frozenUntil', () => {
  const cases = freezeCases.flatMap(({ id, window, why, at = {} }) =>
    Object.entries(at).map(
      ([instant, frozen]) => [id, window, instant, frozen, why] as const,
    ),
  );

  it.each(cases)('%s: %s at %s is %s: %s', (_, window, instant, frozen) => {
    expect(covers(window, instant)).toBe(frozen);
  });

  describe('when the clocks skip or repeat an hour', () => {
    it.each([
      // Clocks go from 02:00 to 03:00 on 29 March 2026 at 01:00Z.
      ['Sun 00:00 - Sun 02:30 Europe/Rome', '2026-03-29T00:59:59Z', true],
      ['Sun 00:00 - Sun 02:30 Europe/Rome', '2026-03-29T01:00:00Z', false],
      ['Sun 02:15 - Sun 02:45 Europe/Rome', '2026-03-29T00:59:00Z', false],
      ['Sun 02:15 - Sun 02:45 Europe/Rome', '2026-03-29T01:00:00Z', false],
      // They go from 03:00 to 02:00 on 25 October 2026 at 01:00Z.
      ['Sun 02:15 - Sun 02:45 Europe/Rome', '2026-10-25T00:15:00Z', true],
      ['Sun 02:15 - Sun 02:45 Europe/Rome', '2026-10-25T00:45:00Z', false],
      ['Sun 02:15 - Sun 02:45 Europe/Rome', '2026-10-25T01:15:00Z', true],
      ['Sun 02:15 - Sun 02:45 Europe/Rome', '2026-10-25T01:45:00Z', false],
      ['Sun 02:30 - Sun 05:00 Europe/Rome', '2026-10-25T03:59:59Z', true],
      ['Sun 02:30 - Sun 05:00 Europe/Rome', '2026-10-25T04:00:00Z', false],
      // Half an hour, on the southern side of the world: 4 October and 5 April 2026.
      [
        'Sun 02:00 - Sun 03:00 Australia/Lord_Howe',
        '2026-10-03T15:30:00Z',
        true,
      ],
      [
        'Sun 02:00 - Sun 03:00 Australia/Lord_Howe',
        '2026-10-03T16:00:00Z',
        false,
      ],
      [
        'Sun 01:30 - Sun 02:00 Australia/Lord_Howe',
        '2026-04-04T14:45:00Z',
        true,
      ],
      [
        'Sun 01:30 - Sun 02:00 Australia/Lord_Howe',
        '2026-04-04T15:15:00Z',
        true,
      ],
      [
        'Sun 01:30 - Sun 02:00 Australia/Lord_Howe',
        '2026-04-04T15:30:00Z',
        false,
      ],
    ])('%s at %s is %s', (window, at, frozen) => {
      expect(covers(window, at)).toBe(frozen);
    });

    it('is open at the first minute after an end that was skipped', () => {
      expect(
        until(['Sat 20:00 - Sun 02:30 Europe/Rome'], '2026-03-28T20:00:00Z'),
      ).toBe('2026-03-29T01:00:00.000Z');
    });

    it('is open between the two, where the repeated hour begins before the window', () => {
      expect(
        until(['Sun 02:30 - Sun 05:00 Europe/Rome'], '2026-10-25T00:40:00Z'),
      ).toBe('2026-10-25T01:00:00.000Z');
    });
  });

  describe('when a window is long', () => {
    it.each([
      [
        'Fri 16:00 - Mon 08:00 Europe/Rome',
        '2026-03-27T15:00:00Z',
        '2026-03-30T06:00:00.000Z',
      ],
      [
        'Fri 16:00 - Mon 08:00 Europe/Rome',
        '2026-10-23T14:00:00Z',
        '2026-10-26T07:00:00.000Z',
      ],
      ['Tue 00:00 - Mon 24:00 UTC', '2026-07-01T00:00:00Z', undefined],
      ['Mon 00:00 - Sun 24:00 UTC', '2026-07-01T00:00:00Z', undefined],
      ['Mon 08:00 - Mon 08:00 UTC', '2026-07-01T00:00:00Z', undefined],
      [
        'Mon 08:01 - Mon 08:00 UTC',
        '2026-07-01T00:00:00Z',
        '2026-07-06T08:00:00.000Z',
      ],
      // The one open hour of the week is skipped: closed for two weeks.
      [
        'Sun 03:00 - Sun 02:00 Europe/Rome',
        '2026-03-22T02:00:00Z',
        '2026-04-05T00:00:00.000Z',
      ],
    ])('%s at %s ends at %s', (window, at, end) => {
      expect(covers(window, at)).toBe(true);
      expect(until([window], at)).toBe(end);
    });
  });

  describe('when there are several windows', () => {
    it('goes on to the end of those that join, and names the first that covers the instant', () => {
      const windows = [
        'Sat 00:00 - Sat 12:00 Asia/Tokyo',
        'Fri 16:00 - Fri 18:00 UTC',
        'Fri 17:00 - Fri 18:30 UTC',
      ].map(parseFreezeWindow);
      expect(frozenUntil(windows, new Date('2026-07-03T14:30:00Z'))).toBe(
        undefined,
      );
      expect(
        frozenUntil(windows, new Date('2026-07-03T17:30:00Z')),
      ).toMatchObject({
        window: { text: 'Sat 00:00 - Sat 12:00 Asia/Tokyo' },
        until: new Date('2026-07-04T03:00:00Z'),
      });
    });

    it('is never open where together they leave nothing', () => {
      expect(
        frozenUntil(
          ['Mon 00:00 - Thu 00:00 UTC', 'Thu 00:00 - Mon 00:00 UTC'].map(
            parseFreezeWindow,
          ),
          new Date('2026-07-03T17:30:00Z'),
        ),
      ).toMatchObject({ until: undefined });
    });

    it('is open where there is none', () => {
      expect(frozenUntil([], new Date(0))).toBe(undefined);
    });
  });

  it('agrees with the clock on the wall, minute by minute', () => {
    const day = fc.constantFrom('Mon', 'Wed', 'Fri', 'Sat', 'Sun');
    // Near where clocks change, and anywhere.
    const hour = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.nat(23));
    const time = fc
      .tuple(hour, fc.constantFrom(0, 1, 15, 30, 59))
      .map(numbers => numbers.map(n => String(n).padStart(2, '0')).join(':'));
    const zone = fc.constantFrom(
      'Europe/Rome',
      'America/New_York',
      'Australia/Lord_Howe',
      'America/St_Johns',
      'Africa/Casablanca',
      'Asia/Kolkata',
      'Pacific/Apia',
    );
    const window = fc
      .tuple(day, time, day, time, zone)
      .map(([a, b, c, d, name]) => `${a} ${b} - ${c} ${d} ${name}`);
    // Days before a change of clocks in one of the zones, and any other.
    const date = fc.constantFrom(
      '2026-03-07',
      '2026-03-28',
      '2026-10-24',
      '2026-10-31',
      '2026-10-03',
      '2026-04-04',
      '2026-02-14',
      '2026-03-21',
      '2011-12-29',
      '2026-07-01',
    );
    fc.assert(
      fc.property(
        fc.array(window, { minLength: 1, maxLength: 3 }),
        date,
        fc.nat(48 * 60),
        (texts, from, offset) => {
          const windows = texts.map(parseFreezeWindow);
          const clocks = windows.map(({ text, start, end }) => ({
            start,
            end,
            clock: new Intl.DateTimeFormat('en-GB', {
              timeZone: text.split(' ').at(-1),
              weekday: 'short',
              hour: '2-digit',
              minute: '2-digit',
            }),
          }));
          const brute = (instant: number) =>
            clocks.some(({ clock, start, end }) => {
              const shown = clock.format(instant);
              const at =
                (days.indexOf(shown.slice(0, 3)) * 24 +
                  Number(shown.slice(-5, -3))) *
                  60 +
                Number(shown.slice(-2));
              if (start < end) return at >= start && at < end;
              return at >= start || at < end;
            });
          const begin = Date.parse(`${from}T00:00:00Z`) + offset * minute;
          const found = frozenUntil(windows, new Date(begin + 30_000));
          expect(found !== undefined).toBe(brute(begin));
          if (found === undefined) return;
          const end = found.until?.getTime() ?? Infinity;
          for (
            let at = begin;
            at < Math.min(end, begin + 36 * 60 * minute);
            at += minute
          ) {
            if (!brute(at)) throw new Error(`open at ${new Date(at)}`);
          }
          if (end < Infinity && (brute(end) || !brute(end - minute))) {
            throw new Error(`${new Date(end)} is not the end`);
          }
        },
      ),
      { seed, numRuns: 150 },
    );
  });

  it('looks at a clock at most a few thousand times', () => {
    const look = jest.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts');
    try {
      const windows = Array.from({ length: 20 }, () =>
        parseFreezeWindow('Mon 08:00 - Mon 08:00 Europe/Rome'),
      );
      frozenUntil(windows, new Date('2026-03-01T00:00:00Z'));
      expect(look.mock.calls.length).toBeLessThan(3_000);
    } finally {
      look.mockRestore();
    }
  });
});

describe('parseFreezeWindow', () => {
  it.each([
    ['Fri 16:00 - Mon 08:00 Europe/Rome', 'Europe/Rome'],
    ['  fri 16:00   -  mon 08:00   europe/rome ', 'Europe/Rome'],
    ['Friday 16:00 - Monday 8:00 Europe/Rome', 'Europe/Rome'],
    ['FRI 16:00-MON 08:00 EUROPE/ROME', 'Europe/Rome'],
    ['Fri 16:00 – Mon 08:00 Europe/Rome', 'Europe/Rome'],
    ['Fri 16:00 - Mon 08:00 utc', 'UTC'],
    ['Fri 16:00 - Mon 08:00 +05:30', '+05:30'],
  ])('reads %j', (text, zone) => {
    expect(parseFreezeWindow(text)).toEqual({
      text,
      zone,
      start: (4 * 24 + 16) * 60,
      end: 8 * 60,
    });
  });

  it('takes the aliases of a zone', () => {
    expect(
      covers('Mon 10:00 - Mon 12:00 Asia/Calcutta', '2026-03-09T04:30:00Z'),
    ).toBe(true);
    expect(
      covers('Mon 10:00 - Mon 12:00 US/Eastern', '2026-03-09T14:00:00Z'),
    ).toBe(true);
  });

  it('takes 24:00 for the end of its day', () => {
    const window = 'Sat 00:00 - Sun 24:00 UTC';
    expect(covers(window, '2026-07-05T23:59:59Z')).toBe(true);
    expect(covers(window, '2026-07-06T00:00:00Z')).toBe(false);
  });

  it.each(
    freezeCases
      .filter(({ error }) => error)
      .map(({ id, window, why }) => [id, window, why]),
  )('%s: refuses %s: %s', (_, window) => {
    expect(refusal(window)).toMatch(/^FREEZE_WINDOW_INVALID: /);
  });

  it.each([
    ['', 'it is empty'],
    ['   \n ', 'it is empty'],
    ['Fri 16:00 - Mon 08:00', 'it names no time zone'],
    ['Fri 16:00 - Mon 08:00 Europe/Roma', 'Europe/Roma is no time zone'],
    ['Fri 16:00 - Mon 08:00 local', 'local is no time zone'],
    ['Fri 24:30 - Mon 08:00 Europe/Rome', '24:30 is no time of a day'],
    ['Fri 24:00 - Mon 08:00 Europe/Rome', '24:00 is no time of a day'],
    ['Fri 16:00 - Mon 24:01 Europe/Rome', '24:01 is no time of a day'],
    ['Fri 16:60 - Mon 08:00 Europe/Rome', '16:60 is no time of a day'],
    ['Fri 4pm - Mon 08:00 Europe/Rome', '4pm is no time of a day'],
    ['Fri 16.00 - Mon 08:00 Europe/Rome', '16.00 is no time of a day'],
    ['Fri 16:00:00 - Mon 08:00 Europe/Rome', '16:00:00 is no time of a day'],
    ['Fri -1:00 - Mon 08:00 Europe/Rome', '-1:00 is no time of a day'],
    [
      'Ven 16:00 - Lun 08:00 Europe/Rome',
      'Ven is no day; days are Mon, Tue, Wed, Thu, Fri, Sat, Sun',
    ],
    [
      'Fri 16:00 - Freitag 08:00 Europe/Rome',
      'Freitag is no day; days are Mon, Tue, Wed, Thu, Fri, Sat, Sun',
    ],
    ['0 16 * * 5', 'it is no "day time - day time zone"'],
    ['Fri 16:00 Europe/Rome', 'it is no "day time - day time zone"'],
    [
      'Fri 16:00 - Mon 08:00 Europe/Rome Europe/Rome',
      'it is no "day time - day time zone"',
    ],
    [`Fri 16:00 - Mon 08:00 ${'x'.repeat(1000)}`, 'it is too long'],
  ])('refuses %j: %s', (text, why) => {
    expect(refusal(text)).toContain(`is not valid: ${why}`);
  });
});
