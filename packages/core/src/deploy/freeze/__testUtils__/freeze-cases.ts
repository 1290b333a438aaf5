/** A window, why it is told of, and whether it covers instants; `error`: it is refused. */
export interface FreezeCase {
  readonly id: string;
  /** Where somebody met it. */
  readonly source: string;
  readonly window: string;
  readonly why: string;
  readonly at?: Readonly<Record<string, boolean>>;
  readonly error?: true;
}

/** What people of other tools met with windows of time zones. */
export const freezeCases: readonly FreezeCase[] = [
  {
    id: 'F01',
    source: 'argoproj/argo-cd#17750',
    window: 'Fri 16:00 - Mon 08:00 Europe/Rome',
    why: 'clocks go forward inside the window: it ends at 08:00 by the wall, one hour earlier than 64 hours later',
    at: {
      '2026-03-27T14:59:59Z': false,
      '2026-03-27T15:00:00Z': true,
      '2026-03-30T05:59:59Z': true,
      '2026-03-30T06:00:00Z': false,
      '2026-03-30T06:30:00Z': false,
    },
  },
  {
    id: 'F02',
    source: 'argoproj/argo-cd#3204',
    window: 'Fri 16:00 - Mon 08:00 Europe/Rome',
    why: 'clocks go back inside the window: it ends one hour later than 64 hours later',
    at: {
      '2026-10-23T13:59:59Z': false,
      '2026-10-23T14:00:00Z': true,
      '2026-10-26T06:30:00Z': true,
      '2026-10-26T07:00:00Z': false,
    },
  },
  {
    id: 'F03',
    source: 'argoproj/argo-cd#3204',
    window: 'Mon 10:00 - Mon 12:00 America/New_York',
    why: 'the same wall time, two offsets',
    at: {
      '2026-03-02T15:00:00Z': true,
      '2026-03-02T14:30:00Z': false,
      '2026-03-09T14:00:00Z': true,
      '2026-03-09T16:00:00Z': false,
      '2026-03-09T15:59:59Z': true,
    },
  },
  {
    id: 'F04',
    source: 'argoproj/argo-cd#3204',
    window: 'Mon 10:00 - Mon 12:00 Asia/Kolkata',
    why: 'no daylight saving, half an hour',
    at: {
      '2026-03-09T04:29:59Z': false,
      '2026-03-09T04:30:00Z': true,
      '2026-03-09T06:30:00Z': false,
      '2026-11-02T04:30:00Z': true,
    },
  },
  {
    id: 'F06',
    source: 'argoproj/argo-cd#17750',
    window: 'Sun 02:30 - Sun 05:00 Europe/Rome',
    why: '02:30 does not exist on 29 March; nothing before the gap, all after it (the half hour after 01:00Z is open)',
    at: {
      '2026-03-29T00:59:59Z': false,
      '2026-03-29T01:30:00Z': true,
      '2026-03-29T02:59:59Z': true,
      '2026-03-29T03:00:00Z': false,
    },
  },
  {
    id: 'F10',
    source: 'argoproj/argo-cd#3831',
    window: 'Wed 12:00 - Wed 13:00 UTC',
    why: 'UTC is a zone',
    at: {
      '2026-07-01T11:59:59Z': false,
      '2026-07-01T12:00:00Z': true,
      '2026-07-01T13:00:00Z': false,
    },
  },
  {
    id: 'F11',
    source: 'argoproj/argo-cd#10071',
    window: 'Fri 24:30 - Mon 08:00 Europe/Rome',
    why: 'no such time: an error when the configuration is read, never an open window',
    error: true,
  },
  {
    id: 'F12',
    source: 'argoproj/argo-cd#10071',
    window: 'Fri 16:00 - Mon 08:00 Europe/Roma',
    why: 'no such zone',
    error: true,
  },
  {
    id: 'F13',
    source: 'argoproj/argo-cd#3831',
    window: 'Fri 16:00 - Mon 08:00',
    why: "no zone: the process's own would be a guess",
    error: true,
  },
  {
    id: 'F15',
    source: 'argoproj/argo-cd#5590',
    window: 'Thu 13:02 - Thu 14:02 Europe/Rome',
    why: 'minutes count',
    at: {
      '2026-02-26T12:01:59Z': false,
      '2026-02-26T12:02:00Z': true,
      '2026-02-26T13:01:59Z': true,
      '2026-02-26T13:02:00Z': false,
    },
  },
];
