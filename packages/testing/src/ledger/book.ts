/** A month as a number: 0 is the first that the tests use. */
export type Month = number;

/** The day of a month as DuckDB reads it. */
export const toDate = (month: Month, day = 1): string => {
  const year = 2024 + Math.floor(month / 12);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two((month % 12) + 1)}-${two(day)}`;
};

export const READY_TO_ASSIGN = 1;

export interface BookAccount {
  readonly id: number;
  readonly kind: string;
  readonly onBudget: boolean;
}

export interface BookCategory {
  readonly id: number;
  /** The card that it pays; all others are for spending. */
  readonly cardId?: number;
}

export interface BookSplit {
  readonly categoryId: number;
  readonly amountMinor: number;
}

export interface BookTransaction {
  readonly id: number;
  readonly accountId: number;
  readonly month: Month;
  readonly day: number;
  readonly amountMinor: number;
  readonly transferId?: number;
  readonly splits: readonly BookSplit[];
}

export interface BookAllocation {
  readonly month: Month;
  readonly categoryId: number;
  readonly budgetedMinor: number;
}

/** What somebody wrote down, in the words of docs/explanation/ledger.md. Category 1 is ready to assign. */
export interface Book {
  readonly accounts: readonly BookAccount[];
  readonly categories: readonly BookCategory[];
  readonly transactions: readonly BookTransaction[];
  readonly allocations: readonly BookAllocation[];
}
