import { DojoError } from 'backstage-plugin-dojo-common';

/** The errors of running kustomize, one for each code. */
export const kustomizeErrors = {
  /** `asked`: the program that was chosen; absent: it was looked for. */
  missing: (asked?: string) =>
    new DojoError({
      code: 'KUSTOMIZE_MISSING',
      kind: 'unavailable',
      message:
        asked === undefined
          ? 'there is neither kustomize nor kubectl on PATH'
          : `${asked} cannot be started`,
      hint: 'Install kustomize 5 or newer, or kubectl 1.27 or newer.',
    }),
  tooOld: (command: string, found: string, least: string) =>
    new DojoError({
      code: 'KUSTOMIZE_TOO_OLD',
      kind: 'unavailable',
      message: `${command} has kustomize ${found}, and ${least} is needed`,
      hint: 'Install kustomize 5 or newer, or kubectl 1.27 or newer.',
    }),
  deadline: (seconds: number) =>
    new DojoError({
      code: 'KUSTOMIZE_DEADLINE',
      kind: 'refused',
      message: `kustomize did not render the overlay within ${seconds} s and was stopped`,
      hint: 'Look at what its bases include; they may grow with every level.',
    }),
  outputTooLarge: (bytes: number) =>
    new DojoError({
      code: 'KUSTOMIZE_OUTPUT_TOO_LARGE',
      kind: 'refused',
      message: `kustomize printed more than ${bytes} bytes and was stopped`,
      hint: 'Look at what the overlay and its bases include.',
    }),
  /** The overlay does not build. `said`: by kustomize, as one sentence. */
  refused: (said: string) =>
    new DojoError({
      code: 'KUSTOMIZE_REFUSED',
      kind: 'refused',
      message: `kustomize does not render the overlay: ${said}`,
      hint: 'Correct what it names; kubectl kustomize on the folder shows whether it builds.',
    }),
  /** It ended in a way that is no word about the overlay. */
  failed: (code: number) =>
    new DojoError({
      code: 'KUSTOMIZE_FAILED',
      kind: 'unavailable',
      message: `kustomize ended with code ${code} and said nothing`,
      hint: 'Run it again; look whether this machine has memory left.',
    }),
};
