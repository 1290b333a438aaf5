import { act, screen, waitFor, within } from '@testing-library/react';
import { openReview, type ReviewForm } from './openReview';
import { type Answerer, dojoFailure, lateAnswer } from './planBackend';

/** A review, and what it makes of a plan. */
interface ReviewUnderTest {
  readonly form: ReviewForm;
  readonly url: string;
  readonly planned: () => { readonly planHash: string };
  readonly headline: string;
  /** What the form gets of that plan, beside its hash. */
  readonly value: object;
  /** What is typed after a review, for another plan. */
  readonly change: {
    readonly label: string;
    readonly typed: string;
    readonly name: string;
    readonly becomes: string;
    readonly headline: string;
  };
  /** What it says to who may not, and the permission that is missing; absent: it asks for none beforehand. */
  readonly mayNot?: { readonly permission: string; readonly sentence: string };
  /** What it says while the plan is computed. */
  readonly progress: string;
}

/** What holds of every review of a plan. */
// eslint-disable-next-line jest/no-export -- it is no test file: the test of each review calls it
export function reviewContract(review: ReviewUnderTest): void {
  const { form, planned, headline, change } = review;
  const { initialState } = form;
  const open = async (answer: Answerer) => {
    const opened = await openReview(form, answer);
    await opened.press('Next');
    return opened;
  };
  const isHeaded = async (name: string) =>
    expect(await screen.findByRole('heading', { name })).toBeInTheDocument();

  describe('when the plan is ready', () => {
    it('gives the form the plan that was shown', async () => {
      const result = planned();
      const { press, onCreate, requests } = await open(() => ({
        body: result,
      }));
      await isHeaded(headline);
      await press('Review');
      await press('Create');

      expect(onCreate).toHaveBeenCalledWith({
        ...initialState,
        review: { planHash: result.planHash, ...review.value },
      });
      expect(requests.map(({ url, body }) => ({ url, body }))).toEqual([
        { url: review.url, body: initialState },
      ]);
    });
  });

  describe("when the browser's Back is pressed", () => {
    it('leads back to the choices, with what was typed', async () => {
      const { user, press } = await openReview(form, () => ({
        body: planned(),
      }));
      const typed = () => screen.findByLabelText(change.label);
      const before = (await typed()) as HTMLInputElement;
      const kept = `${before.value}${change.typed}`;
      await user.type(before, change.typed);
      await press('Next');
      await screen.findAllByRole('heading', { level: 3 }, { timeout: 10_000 });
      act(() => window.history.back());

      expect(await typed()).toHaveValue(kept);
    });
  });

  describe('when the form changes after a review', () => {
    it('asks for a new plan and forgets the old one at once', async () => {
      const late = lateAnswer();
      const { press, user, onCreate, requests, doesNotGoOn } = await open(
        body =>
          body[change.name] === change.becomes
            ? late.answer
            : { body: planned() },
      );
      await isHeaded(headline);
      await press('Back');
      await user.type(await screen.findByLabelText(change.label), change.typed);
      await press('Next');
      await waitFor(() => expect(requests).toHaveLength(2));
      await doesNotGoOn();

      late.give({ body: { ...planned(), planHash: 'f'.repeat(64) } });
      await isHeaded(change.headline);
      await press('Review');
      await press('Create');
      expect(onCreate).toHaveBeenCalledWith({
        ...initialState,
        [change.name]: change.becomes,
        review: { ...review.value, planHash: 'f'.repeat(64) },
      });
    });
  });

  describe('when the plan cannot be computed', () => {
    it('says why and what to do, and tries again', async () => {
      let fails = true;
      const { press } = await open(() =>
        fails
          ? dojoFailure({
              code: 'GIT_DENIED',
              kind: 'unavailable',
              message: 'the forge does not answer',
              hint: 'Start the forge.',
            })
          : { body: planned() },
      );
      expect(
        await screen.findByText('The forge does not answer'),
      ).toBeInTheDocument();
      expect(screen.getByText('Start the forge.')).toBeInTheDocument();

      fails = false;
      await press('Retry');
      await isHeaded(headline);
    });
  });

  describe('when asking again cannot help', () => {
    it('leads back to the choices instead, and does not go on', async () => {
      const { press, doesNotGoOn } = await open(() =>
        dojoFailure({
          code: 'GIT_DENIED',
          kind: 'refused',
          message: 'there is no such version',
        }),
      );
      await screen.findByText('There is no such version');
      expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
      await doesNotGoOn();
      await press('Change the choices');
      expect(await screen.findByLabelText('Component')).toBeInTheDocument();
    });
  });

  if (review.mayNot) {
    const { permission, sentence } = review.mayNot;
    describe('when the reader may not carry it out', () => {
      it('says so, asks for no plan, and does not go on', async () => {
        // Of its own: what was answered about the other is remembered for a moment.
        const component = 'component:default/locked';
        const { press, requests, doesNotGoOn } = await openReview(
          { ...form, initialState: { ...initialState, component } },
          () => ({ body: planned() }),
          [permission],
        );
        await press('Next');
        expect(await screen.findAllByText(sentence)).toHaveLength(2);
        expect(screen.getByRole('status')).toHaveTextContent(sentence);
        await doesNotGoOn();
        expect(requests).toEqual([]);
      });
    });
  }

  describe('when the page is left while the plan is computed', () => {
    it('ends the request', async () => {
      const { press, requests } = await open(() => new Promise(() => {}));
      await waitFor(() => expect(requests).toHaveLength(1));
      expect(
        within(screen.getByRole('status')).getByText(review.progress),
      ).toBeInTheDocument();
      await press('Back');
      expect(requests[0].signal?.aborted).toBe(true);
    });
  });
}
