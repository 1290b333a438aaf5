import { DojoError } from 'backstage-plugin-dojo-common';
import { withoutCredentials } from '../../text/without-credentials';
import { toPrintable } from '../../text/to-printable';
import type { Place } from './kustomization';

const pinHint =
  'Pin it to a commit: <repository>//<folder>?ref=<the 40 hexadecimal digits of the commit>.';

/** The errors of reading kustomizations that others wrote, one for each code; what they name is shown printable. */
export const kustomizationErrors = {
  missing: (folder: string) =>
    new DojoError({
      code: 'KUSTOMIZATION_MISSING',
      kind: 'not-found',
      message: `${folder} has no kustomization.yaml`,
      hint: 'Name the folder that holds it, or add the file.',
    }),
  twice: (first: string, second: string) =>
    new DojoError({
      code: 'KUSTOMIZATION_TWICE',
      kind: 'refused',
      message: `${first} and ${second} are both the kustomization of one folder`,
      hint: 'Keep one of them.',
    }),
  /** It is no YAML, or not what kustomize expects there. */
  invalid: (place: Place, why: string) =>
    new DojoError({
      code: 'KUSTOMIZATION_INVALID',
      kind: 'refused',
      message: `${place}: ${toPrintable(why)}`,
      hint: 'Correct the file; kubectl kustomize on its folder shows whether it builds.',
    }),
  /** A spelling that kustomize gave up. `now`: what to write instead. */
  oldKey: (place: Place, key: string, now: string) =>
    new DojoError({
      code: 'KUSTOMIZATION_KEY_OLD',
      kind: 'refused',
      message: `${place}: ${key} is an old spelling`,
      hint: `Write ${now} instead.`,
    }),
  /** `why`: what it would do; absent: nobody knows. */
  unknownKey: (place: Place, key: string, why?: string) =>
    new DojoError({
      code: 'KUSTOMIZATION_KEY_UNKNOWN',
      kind: 'refused',
      message:
        why === undefined
          ? `${place}: ${toPrintable(key)} is no key that is allowed here`
          : `${place}: ${key} is not allowed, since ${why}`,
      hint: 'Remove it, and put what it makes into files under resources and patches.',
    }),
  /** A path or address that is not followed. */
  reference: (place: Place, written: string, why: string) =>
    new DojoError({
      code: 'KUSTOMIZATION_REFERENCE_REFUSED',
      kind: 'refused',
      message: `${place}: "${shown(written)}" ${why}`,
      hint: 'Name a file in or below the folder of the kustomization, or another folder with a kustomization of the same repository.',
    }),
  notPinned: (place: Place, written: string, why: string) =>
    new DojoError({
      code: 'BASE_NOT_PINNED',
      kind: 'refused',
      message: `${place}: "${shown(written)}" ${why}`,
      hint: pinHint,
    }),
  fileMissing: (place: Place, path: string, what: string) =>
    new DojoError({
      code: 'KUSTOMIZATION_FILE_MISSING',
      kind: 'not-found',
      message: `${place}: "${shown(path)}" is not there: ${what}`,
      hint: 'Correct the path, or add the file.',
    }),
  cycle: (folder: string) =>
    new DojoError({
      code: 'KUSTOMIZATION_CYCLE',
      kind: 'refused',
      message: `the kustomization of ${folder} leads back to itself`,
      hint: 'Take it out of what it includes.',
    }),
  tooLarge: (what: string) =>
    new DojoError({
      code: 'KUSTOMIZATION_TOO_LARGE',
      kind: 'refused',
      message: what,
      hint: 'Leave out what the overlay does not need.',
    }),
  /** A base that was fetched names a repository of this machine. */
  localBase: (place: Place, written: string) =>
    new DojoError({
      code: 'BASE_LOCAL_REFUSED',
      kind: 'refused',
      message: `${place}: "${shown(
        written,
      )}" is a repository of this machine, named by a base that came from another one`,
      hint: 'Name it by its https or ssh address.',
    }),
};

function shown(written: string): string {
  return toPrintable(withoutCredentials(written));
}
