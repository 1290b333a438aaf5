/**
 * What every engine is made of: effects that are settled, and the clock. The engines themselves are entries of their
 * own, `dojo-portal-core/release` and `dojo-portal-core/migrate`, so that a program loads what it uses.
 *
 * @packageDocumentation
 */
export { settle } from './effect/effect';
export type { Effect, Found, SettleOptions } from './effect/effect';
export type { Clock } from './plan/clock';
