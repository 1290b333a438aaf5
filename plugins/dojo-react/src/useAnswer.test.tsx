import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { act, renderHook, waitFor } from '@testing-library/react';
import { DojoClient, DojoError } from 'backstage-plugin-dojo-common';
import type { ReactNode } from 'react';
import { useAnswer } from './useAnswer';

interface Body {
  readonly component: string;
}
interface Question {
  readonly client: DojoClient;
  readonly body: Body;
  readonly signal: AbortSignal | undefined;
  readonly answer: (text: string) => void;
  readonly fail: (error: Error) => void;
}

const apis = [mockApis.discovery(), mockApis.fetch()] as const;

function wrapper({ children }: { readonly children?: ReactNode }) {
  return <TestApiProvider apis={apis}>{children}</TestApiProvider>;
}

/** Asks for `body`, and keeps the questions, which are answered by hand. */
function setup(first: Body | undefined) {
  const questions: Question[] = [];
  const ask = (
    client: DojoClient,
    body: Body,
    { signal }: { readonly signal?: AbortSignal },
  ) =>
    new Promise<string>((answer, fail) => {
      questions.push({ client, body, signal, answer, fail });
    });
  const { result, rerender, unmount } = renderHook(
    ({ body }) => useAnswer(body, ask),
    { wrapper, initialProps: { body: first } },
  );
  const askFor = (body: Body | undefined) => rerender({ body });
  return { questions, result, askFor, unmount };
}

const ledger = { component: 'component:default/ledger' };
const tax = { component: 'component:default/tax' };

describe('useAnswer', () => {
  it('asks nothing before there is a body', () => {
    const { questions, result } = setup(undefined);

    expect(result.current.state).toEqual({ kind: 'incomplete' });
    expect(questions).toEqual([]);
  });

  it('is loading until the backend answers, and asks once', async () => {
    const { questions, result, askFor } = setup(ledger);
    expect(result.current.state).toEqual({ kind: 'loading' });
    expect(questions[0].client).toBeInstanceOf(DojoClient);

    await act(async () => questions[0].answer('0.4.0'));
    askFor({ ...ledger });

    expect(result.current.state).toEqual({ kind: 'loaded', result: '0.4.0' });
    expect(questions.map(({ body }) => body)).toEqual([ledger]);
  });

  describe('when the body changes', () => {
    it('ends the older request and never shows its answer', async () => {
      const { questions, result, askFor } = setup(ledger);
      askFor(tax);
      expect(questions[0].signal?.aborted).toBe(true);

      await act(async () => questions[1].answer('of tax'));
      await act(async () => questions[0].answer('of ledger'));

      expect(result.current.state).toEqual({
        kind: 'loaded',
        result: 'of tax',
      });
    });

    it('forgets the answer to the older one at once', async () => {
      const { questions, result, askFor } = setup(ledger);
      await act(async () => questions[0].answer('of ledger'));

      askFor(tax);
      expect(result.current.state).toEqual({ kind: 'loading' });
      askFor(undefined);
      expect(result.current.state).toEqual({ kind: 'incomplete' });
    });
  });

  it('says why it failed, and asks the same again on request', async () => {
    const { questions, result } = setup(ledger);
    await act(async () =>
      questions[0].fail(
        new DojoError({
          code: 'GIT_DENIED',
          kind: 'denied',
          message: 'you may not',
          hint: 'Ask an owner.',
        }),
      ),
    );
    expect(result.current.state).toEqual({
      kind: 'failed',
      failure: {
        code: 'GIT_DENIED',
        message: 'you may not',
        hint: 'Ask an owner.',
        denied: true,
        mayPass: false,
      },
    });

    act(() => result.current.retry());
    expect(result.current.state).toEqual({ kind: 'loading' });
    await act(async () => questions[1].answer('0.4.0'));
    await waitFor(() =>
      expect(result.current.state).toEqual({ kind: 'loaded', result: '0.4.0' }),
    );
    expect(questions.map(({ body }) => body)).toEqual([ledger, ledger]);
  });

  it('ends the request when the page is left', () => {
    const { questions, unmount } = setup(ledger);
    unmount();

    expect(questions[0].signal?.aborted).toBe(true);
  });
});
