const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const zone = 'Europe/Rome';

/** A window of every week that contains now, wherever this runs, and what pages say while it does. */
export function freezeNow(): { window: string; sentence: string } {
  const dayIn = (count: number) => days[(new Date().getDay() + 7 + count) % 7];
  const end = `${dayIn(2)} 08:00`;
  return {
    window: `${dayIn(-1)} 00:00 - ${end} ${zone}`,
    sentence: `Frozen until ${end} (${zone})`,
  };
}
