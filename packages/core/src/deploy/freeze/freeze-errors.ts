import { DojoError } from 'backstage-plugin-dojo-common';
import { toPrintable } from '../../text/to-printable';

const maxShown = 100;

/** The errors of freeze windows. */
export const freezeErrors = {
  /** `why`: what is wrong with the text, as a clause. */
  windowInvalid: (text: string, why: string) =>
    new DojoError({
      code: 'FREEZE_WINDOW_INVALID',
      kind: 'input',
      message: `freeze window ${JSON.stringify(
        toPrintable(text).slice(0, maxShown),
      )} is not valid: ${why}`,
      hint: 'Write it like "Fri 16:00 - Mon 08:00 Europe/Rome": English days, hours from 00:00 to 23:59, and a time zone by its IANA name.',
    }),
};
