/** Waits for the engines. There is one in production, and tests let their own time pass. */
export interface Timer {
  /** Ends after so many milliseconds, or rejects with the signal's reason as soon as that is aborted. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}
