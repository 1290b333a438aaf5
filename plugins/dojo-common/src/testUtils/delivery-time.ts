/** When the answers about deliveries for tests were given. */
export const deliveryNow = '2026-11-29T14:03:00.000Z';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

const units = { s: second, min: minute, h: hour, d: 24 * hour } as const;

/** The instant so long before {@link deliveryNow}: `before(9, 'd')`. */
export function before(amount: number, unit: keyof typeof units): string {
  return new Date(Date.parse(deliveryNow) - amount * units[unit]).toISOString();
}
