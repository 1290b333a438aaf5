/** How a request of one kind is carried out. */
export interface RequestRun {
  /** Does it. @returns what it answers, and the exit code. */
  readonly run: () => Promise<{
    readonly result: unknown;
    readonly code: number;
  }>;
  /** What is left of it where it is stopped, as of a command. */
  readonly whenStopped: string;
}
