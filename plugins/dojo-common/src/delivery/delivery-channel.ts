import { sha256Hex } from '../sha256-hex';

/**
 * The channel of the signals about a component's delivery: `dojo:delivery:` and the first 16 hex digits of the SHA-256 of
 * its entity ref in lower case. The message is `{ generation }`. Anybody may listen to a channel, so that it names nothing.
 *
 * @param component - complete entity ref such as `component:default/ledger`
 * @public
 */
export function deliveryChannel(component: string): string {
  return `dojo:delivery:${sha256Hex(component.toLowerCase()).slice(0, 16)}`;
}
