/** The kinds of account that the service knows, in the order in which forms offer them. */
export const ACCOUNT_KINDS = [
  'checking',
  'savings',
  'cash',
  'credit',
  'loan',
  'investment',
] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

export interface Account {
  readonly id: number;
  readonly name: string;
  readonly kind: AccountKind;
  /** ISO 4217, as in EUR. */
  readonly currency: string;
  readonly balanceMinor: number;
}

export interface NewAccount {
  readonly name: string;
  readonly kind: AccountKind;
  readonly currency: string;
}

export interface Transaction {
  readonly id: number;
  /** A day, as in 2026-03-01. */
  readonly bookedOn: string;
  /** Above zero it comes into the account. */
  readonly amountMinor: number;
  readonly payee: string | null;
  readonly memo: string | null;
}

export interface NewTransaction {
  readonly accountId: number;
  readonly bookedOn?: string;
  readonly amountMinor: number;
  readonly payee?: string;
  readonly memo?: string;
  readonly categoryId?: number;
}

export interface Category {
  readonly id: number;
  readonly name: string;
  readonly budgetedMinor: number;
  readonly activityMinor: number;
  readonly availableMinor: number;
}

export interface Group {
  readonly name: string;
  readonly categories: readonly Category[];
}

export interface Budget {
  /** As in 2026-03. */
  readonly month: string;
  /** That of the accounts on budget; null while there are none. */
  readonly currency: string | null;
  readonly readyToAssignMinor: number;
  readonly groups: readonly Group[];
}

export interface NewCategory {
  readonly name: string;
  readonly group: string;
}
