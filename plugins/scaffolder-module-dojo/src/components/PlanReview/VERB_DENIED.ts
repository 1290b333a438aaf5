/** Code of a failure that says all there is to say: the reader may not do this, so that nothing was planned. */
export const VERB_DENIED = 'VERB_DENIED';
