import { DojoError } from 'backstage-plugin-dojo-common';

/** The errors of questions about deliveries. */
export const deliveryErrors = {
  refTooShort: () =>
    new DojoError({
      code: 'DELIVERY_REF_INVALID',
      kind: 'input',
      message: 'Give at least 7 digits of the commit.',
      hint: 'Or look for a pull request by its number, such as #29, or for a version, such as 0.4.0.',
    }),
};
