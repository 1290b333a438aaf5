import { z } from 'zod/v3';
import type { RefusalCause } from '../../cluster/cluster-refusal';

const causeSchema = z.object({
  reason: z.string().optional(),
  message: z.string().optional(),
  field: z.string().optional(),
});
const statusSchema = z.object({
  kind: z.literal('Status'),
  reason: z.string().optional(),
  message: z.string().optional(),
  code: z.number().optional(),
  details: z
    .object({
      name: z.string().optional(),
      causes: z.array(causeSchema).optional(),
      retryAfterSeconds: z.number().optional(),
    })
    .optional(),
});

/** Characters of a server's sentence; the diff of an immutable claim is a page of Go. */
const maxMessage = 4_000;
const maxCauses = 100;

/** What a Status says (Kubernetes API conventions, "Response Status Kind"), bounded in length. */
export interface ServerStatus {
  readonly reason: string;
  readonly message: string;
  readonly code?: number;
  /** Name of the object it is about; absent: it is about a path or a kind. */
  readonly name?: string;
  readonly causes: readonly RefusalCause[];
  readonly retryAfterSeconds?: number;
}

/** @returns undefined: it is no Status. */
export function parseStatus(value: unknown): ServerStatus | undefined {
  const { success, data } = statusSchema.safeParse(value);
  if (!success) return undefined;
  const { reason = '', message = '', code, details } = data;
  const untypedOnes = untypedFields(message);
  return {
    // The server means the object, and says 500 without a reason.
    ...(untypedOnes === undefined
      ? { reason, code }
      : { reason: 'BadRequest', code: 400 }),
    message: cut(message),
    name: details?.name,
    causes: [
      ...(untypedOnes ?? []),
      ...(details?.causes ?? []).map(cause => ({
        reason: cause.reason ?? '',
        message: cut(cause.message ?? ''),
        ...(cause.field && { field: cause.field }),
      })),
    ].slice(0, maxCauses),
    retryAfterSeconds: details?.retryAfterSeconds || undefined,
  };
}

const untyped = 'failed to create typed patch object (';
const fieldProblem = /^(\.(?:[^:"]|"[^"]*")*): (.+)$/;

/**
 * Fields of an applied object that are not as its kind has them, in words of structured-merge-diff (seen of kube-apiserver
 * 1.36; after the colon, or one a line after `errors:`):
 * `failed to create typed patch object (shop/web; apps/v1, Kind=Deployment): .spec.replica: field not declared in schema`.
 *
 * @returns undefined: the message is another.
 */
function untypedFields(message: string): RefusalCause[] | undefined {
  const end = message.indexOf('): ');
  if (!message.startsWith(untyped) || end < 0) return undefined;
  return message
    .slice(end + '): '.length)
    .split('\n')
    .slice(0, maxCauses)
    .flatMap(line => {
      const found = fieldProblem.exec(cut(line.trim()));
      return found === null
        ? []
        : [
            {
              reason: 'FieldValueInvalid',
              message: found[2],
              field: found[1],
            },
          ];
    });
}

function cut(text: string): string {
  return text.length <= maxMessage ? text : `${text.slice(0, maxMessage - 1)}…`;
}
