import { deliveryErrors } from '../delivery-errors';

const digits = /^[0-9a-f]+$/i;
const minDigits = 7;

/**
 * Refuses what cannot be looked for. Six digits or fewer are the number of a pull request, and where there are letters
 * among them too few digits of a commit.
 *
 * @returns the text without what surrounds it.
 * @throws DojoError DELIVERY_REF_INVALID (input).
 */
export function checkRef(ref: string): string {
  const text = ref.trim();
  const isCut =
    digits.test(text) && text.length < minDigits && /[a-f]/i.test(text);
  if (isCut) throw deliveryErrors.refTooShort();
  return text;
}
