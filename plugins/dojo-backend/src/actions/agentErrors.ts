import { DojoErrorJson, dojoErrorSchema } from 'backstage-plugin-dojo-common';
import {
  fromDojoErrorJson,
  toBackstageError,
} from 'backstage-plugin-dojo-node';

/** The codes that an agent is promised, by ours (docs/reference/agents.md). */
const promised: Readonly<Record<string, string>> = {
  DEPLOY_FROZEN: 'FROZEN',
  DEPLOY_VERSION_REJECTED: 'REJECTED',
  DATABASE_BUSY: 'DATABASE_IN_USE',
  INPUT_INVALID: 'INPUT',
};

/** What is asked for, as a refusal names it: `release ledger`. */
export type Asked = (input: { readonly component?: string }) => string;

/**
 * Runs what an action does. What it throws comes out as an error of `@backstage/errors`, since anything else is swallowed on
 * its way to an agent; its message is `sentence (CODE) — hint`.
 */
export async function withAgentErrors<TInput extends object, T>(
  input: TInput,
  asked: Asked,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (raw) {
    const error = toBackstageError(raw);
    const dojo = dojoOf(error);
    if (dojo === undefined) throw error;
    throw toAgentError(dojo, asked(input));
  }
}

/** The error as an agent is told it. @param asked - `release ledger` */
export function toAgentError(error: DojoErrorJson, asked: string): Error {
  const { kind, message, hint } = error;
  return fromDojoErrorJson(
    dojoErrorSchema.parse(
      kind === 'denied'
        ? {
            code: 'DENIED',
            kind,
            message: `You may not ${asked}`,
            hint: 'Ask an owner of the component.',
          }
        : {
            code: promisedCode(error),
            kind,
            message: message.replace(/\.$/, ''),
            hint,
          },
    ),
  );
}

function promisedCode({ code, kind }: DojoErrorJson): string {
  if (promised[code] !== undefined) return promised[code];
  if (code.endsWith('_NOT_FOUND')) return 'NOT_FOUND';
  return kind === 'unavailable' ? 'UNAVAILABLE' : code;
}

function dojoOf(error: unknown): DojoErrorJson | undefined {
  return (error as { dojo?: DojoErrorJson } | null)?.dojo;
}
