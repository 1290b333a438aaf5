import {
  Frozen,
  frozenUntil,
  parseFreezeWindow,
} from 'dojo-portal-core/deploy';

/** A freeze that holds. @public */
export interface Freeze {
  /** ISO 8601; absent: nothing ends it. */
  readonly until?: string;
  /** `Frozen until Mon 08:00 (Europe/Rome)` */
  readonly sentence: string;
}

/** The freeze of some windows, as they are written, that holds at an instant. */
export function freezeAt(
  windows: readonly string[],
  now: Date,
): Freeze | undefined {
  const frozen = frozenUntil(windows.map(parseFreezeWindow), now);
  return frozen && toFreeze(frozen);
}

/** `Frozen until Mon 08:00 (Europe/Rome)`: the time as the clocks of the window's zone show it. */
function toFreeze({ window, until }: Frozen): Freeze {
  if (until === undefined) {
    return { sentence: `Frozen always (${window.zone})` };
  }
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: window.zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(until);
  const part = (type: string) => parts.find(each => each.type === type)?.value;
  const time = `${part('weekday')} ${part('hour')}:${part('minute')}`;
  return {
    until: until.toISOString(),
    sentence: `Frozen until ${time} (${window.zone})`,
  };
}
