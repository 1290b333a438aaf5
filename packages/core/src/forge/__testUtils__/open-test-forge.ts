import type { Forge } from '../../release/ports';
import { createForgeOpener } from '../create-forge-opener';

/** What is used here of dojo-testing's GitHub, which only tests may import. */
interface TestGithub {
  readonly apiBaseUrl: string;
  readonly tokens: { readonly write: string };
  readonly faults: {
    add(rule: {
      readonly method: string;
      readonly times: number;
      readonly fault: {
        readonly kind: 'answer';
        readonly status: number;
        readonly headers: Record<string, string>;
        readonly body: string;
      };
    }): void;
  };
}

/** How the errors of {@link openTestForge} call its repository. */
export const testRepository = 'github.com/acme/ledger';

/** Opens the repository of a test's GitHub; it does not sleep, and tells for how long it should have. */
export function openTestForge(
  github: TestGithub,
  token: string = github.tokens.write,
): { readonly forge: Forge; readonly waits: readonly number[] } {
  const waits: number[] = [];
  const forge = createForgeOpener({
    githubs: [
      {
        host: 'github.com',
        apiBaseUrl: `${github.apiBaseUrl}/`,
        token: async () => token,
      },
    ],
    ports: {
      sleep: async milliseconds => void waits.push(milliseconds),
      clock: { now: () => new Date('2026-11-22T10:00:00Z') },
    },
  })('https://github.com/acme/ledger.git');
  if (forge === undefined) throw new Error('no forge');
  return { forge, waits };
}

/** Answers each request of this method with this status, and a sentence of GitHub's. */
export function failAll(
  github: TestGithub,
  method: string,
  status: number,
  more: {
    readonly headers?: Record<string, string>;
    readonly body?: string;
    readonly times?: number;
  } = {},
): void {
  const { headers = {}, body = '{"message":"no"}', times = 99 } = more;
  const fault = { kind: 'answer', status, headers, body } as const;
  github.faults.add({ method, times, fault });
}
