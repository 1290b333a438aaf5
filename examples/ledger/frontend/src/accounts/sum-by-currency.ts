import type { Account } from '../api/types';

/** What all accounts hold together, currency by currency in the order of the accounts. */
export function sumByCurrency(
  accounts: readonly Account[],
): [currency: string, minor: number][] {
  const sums = new Map<string, number>();
  for (const { currency, balanceMinor } of accounts) {
    sums.set(currency, (sums.get(currency) ?? 0) + balanceMinor);
  }
  return [...sums];
}
