/**
 * Topic of the events service on which it is told that a repository of the local forge was made or changed by the portal:
 * `{ repository: 'file:savings.git' }`.
 *
 * @public
 */
export const dojoForgeTopic = 'dojo.forge';
