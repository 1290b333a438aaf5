import {
  DEPOT,
  GIRO,
  HOLIDAY_TAG,
  LOAN,
  READY_TO_ASSIGN,
  SAVINGS,
  VISA,
  VISA_PAYMENT,
  WALLET,
  habits,
} from './household.mjs';

const FIRST_YEAR = 2024;
const FIRST_MONTH = 10;

/** How many months are booked. */
export const MONTHS = 24;

/** Numbers from 0 up to 1 that are the same in every run (mulberry32). */
function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A day of the n-th month. */
export const isoDate = (month, day) =>
  new Date(Date.UTC(FIRST_YEAR, FIRST_MONTH + month, day))
    .toISOString()
    .slice(0, 10);

/** All entries in the order in which they were booked: day by day. */
export function entries() {
  const random = chance(20261122);
  const between = (least, most) =>
    least + Math.floor(random() * (most - least + 1));
  const found = [];
  const book = entry => found.push({ splits: [], ...entry });
  const spend = (account, date, payee, category, amount, more) =>
    book({
      account,
      date,
      payee,
      amount: -amount,
      splits: [[category, -amount]],
      ...more,
    });
  let transfers = 0;
  const transfer = (from, to, date, amount, splits = []) => {
    transfers += 1;
    book({ account: from, date, amount: -amount, transfer: transfers, splits });
    book({ account: to, date, amount, transfer: transfers });
  };

  const opening = (account, amount, category = READY_TO_ASSIGN) =>
    book({
      account,
      date: isoDate(0, 1),
      amount,
      memo: 'Opening balance',
      splits: [[category, amount]],
    });
  opening(GIRO, 284_350);
  opening(SAVINGS, 1_250_000);
  opening(WALLET, 8_500);
  opening(VISA, -41_280, VISA_PAYMENT);
  book({ account: LOAN, date: isoDate(0, 1), amount: -21_400_000 });
  book({ account: DEPOT, date: isoDate(0, 1), amount: 1_830_000 });

  for (let month = 0; month < MONTHS; month += 1) {
    const on = day => isoDate(month, day);
    const salary = month < 14 ? 326_000 : 338_500;
    book({
      account: GIRO,
      date: on(27),
      payee: 'Nordlicht GmbH',
      amount: salary,
      splits: [[READY_TO_ASSIGN, salary]],
    });
    transfer(GIRO, LOAN, on(1), 98_000, [[3, -98_000]]);
    transfer(GIRO, SAVINGS, on(28), 15_000);
    transfer(GIRO, WALLET, on(4), 11_000);
    transfer(GIRO, WALLET, on(18), 8_000);
    // What the card cost until the end of the month before.
    const owed = -found
      .filter(one => one.account === VISA)
      .reduce((sum, one) => sum + one.amount, 0);
    transfer(GIRO, VISA, on(5), owed);
    for (const [account, payees, category, least, most, times, day] of habits) {
      for (let time = 0; time < times; time += 1) {
        const amount = between(least, most);
        const payee = payees[between(0, payees.length - 1)];
        const date = on(day ?? between(1, 28));
        // The supermarket sells soap too.
        const soap = payee === 'Rewe' && amount > 4_000 ? between(300, 900) : 0;
        const splits = soap
          ? [
              [category, soap - amount],
              [8, -soap],
            ]
          : [[category, -amount]];
        spend(account, date, payee, category, amount, { splits });
      }
    }
    if (month % 12 === 8) {
      const holiday = {
        memo: 'Two weeks at the sea #holiday',
        tag: HOLIDAY_TAG,
      };
      spend(VISA, on(6), 'Ferienhaus Möwe', 13, 118_000, holiday);
      spend(VISA, on(9), 'Sushi Bar', 13, 7_450, holiday);
      spend(WALLET, on(11), 'Kiosk', 13, 1_280, holiday);
    }
    book({ account: DEPOT, date: on(28), amount: between(-42_000, 61_000) });
    book({ account: LOAN, date: on(28), amount: -between(51_000, 53_500) });
  }
  return found
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) =>
      a.entry.date < b.entry.date
        ? -1
        : a.entry.date > b.entry.date
        ? 1
        : a.index - b.index,
    )
    .map(({ entry }, index) => ({ id: index + 1, ...entry }));
}
