import { DojoError } from 'backstage-plugin-dojo-common';
import { toPrintable } from '../../text/to-printable';

/** The errors of reading objects from files. */
export const objectErrors = {
  /** `place`: the file, and the line or the document in it. `why`: what is wrong, as a clause. */
  invalid: (place: string, why: string) =>
    new DojoError({
      code: 'OBJECTS_INVALID',
      kind: 'input',
      message: `${toPrintable(
        place,
      )} holds no Kubernetes objects: ${toPrintable(why)}`,
      hint: 'Name files with objects as kubectl get -o yaml or -o json prints them.',
    }),
  /** `limit`: what there is more of than is read. */
  tooLarge: (place: string, limit: string) =>
    new DojoError({
      code: 'OBJECTS_TOO_LARGE',
      kind: 'input',
      message: `${toPrintable(place)} is too large: at most ${limit} are read`,
      hint: 'Select fewer objects, or print them as JSON, of which more is read than of YAML.',
    }),
};
