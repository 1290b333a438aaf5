/** Tells the time to the engines. There is one in production, and tests fix their own. */
export interface Clock {
  now(): Date;
}
