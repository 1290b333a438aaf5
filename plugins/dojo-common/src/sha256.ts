/** A SHA-256 as we write it, without the `sha256:` that a registry puts before it. */
export const sha256Pattern = /^[0-9a-f]{64}$/;
