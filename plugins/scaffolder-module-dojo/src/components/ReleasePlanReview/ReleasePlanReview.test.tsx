import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReleaseResult } from 'backstage-plugin-dojo-common';
import {
  nothingToRelease,
  plannedRelease,
  releaseToFinish,
} from 'backstage-plugin-dojo-common/testUtils';
import type { AnswerState } from 'backstage-plugin-dojo-react';
import { ReleasePlanReview } from './ReleasePlanReview';

function review(state: AnswerState<ReleaseResult>, onRetry = jest.fn()) {
  return renderInTestApp(
    <ReleasePlanReview
      component="component:default/ledger"
      state={state}
      onRetry={onRetry}
    />,
  );
}

const loaded = (result: ReleaseResult): AnswerState<ReleaseResult> => ({
  kind: 'loaded',
  result,
});

describe('ReleasePlanReview', () => {
  it('announces the version of a plan that is ready, in a landmark', () => {
    review(loaded(plannedRelease()));

    expect(screen.getByRole('region', { name: 'Release plan' })).toBeVisible();
    expect(screen.getByRole('status')).toHaveTextContent(
      'The plan is ready: release 0.4.0.',
    );
  });

  describe('when there is nothing to release', () => {
    it('names the newest release and links to it', () => {
      review(
        loaded(
          nothingToRelease({
            releaseUrl: 'https://forge.test/releases/v0.4.0',
          }),
        ),
      );

      expect(
        screen.getByRole('heading', { name: 'Nothing to release for ledger' }),
      ).toBeInTheDocument();
      expect(
        screen.getByText(
          'Nothing to release since 0.4.0: go back to choose a version yourself.',
        ),
      ).toBeInTheDocument();
      expect(
        screen.getByRole('link', { name: 'Open release 0.4.0' }),
      ).toHaveAttribute('href', 'https://forge.test/releases/v0.4.0');
      expect(
        screen.getByRole('heading', { name: 'Release notes of 0.4.0' }),
      ).toBeInTheDocument();
      expect(screen.queryByText('What will happen')).toBeNull();
      expect(screen.getByRole('status')).toHaveTextContent(
        'there is nothing to release',
      );
    });

    it('does not link to anything but the web', () => {
      // eslint-disable-next-line no-script-url -- this is what must not become a link
      review(loaded(nothingToRelease({ releaseUrl: 'javascript:alert(1)' })));

      expect(screen.queryByRole('link')).toBeNull();
    });

    it('says so where there is no release and no commit at all', () => {
      const result = nothingToRelease('none');
      result.plan.shows.commits = [];
      review(loaded(result));

      expect(
        screen.getByText(
          'ledger has no release yet, and no commit calls for one.',
        ),
      ).toBeVisible();
      expect(screen.queryByRole('table')).toBeNull();
    });
  });

  it('shows what is left where an older release is to be finished', () => {
    review(loaded(releaseToFinish()));

    expect(
      screen.getByRole('heading', { name: 'Finish release ledger 0.4.0' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('0.4.0 is tagged, but not finished'),
    ).toBeInTheDocument();
    expect(screen.getByText('forge release v0.4.0')).toBeInTheDocument();
    expect(screen.getByRole('status')).toHaveTextContent(
      'finish release 0.4.0',
    );
  });

  it('says so where notes are empty', () => {
    const result = plannedRelease();
    result.plan.decides.release!.notes = ' \n';
    review(loaded(result));

    expect(screen.getByText('The notes are empty.')).toBeInTheDocument();
  });

  it('is busy, and says what it does, while it computes', () => {
    const { container } = review({ kind: 'loading' });

    expect(container.querySelector('[aria-busy="true"]')).not.toBeNull();
    expect(screen.getByRole('status')).toHaveTextContent(
      'Computing the release plan…',
    );
  });

  describe('when it failed', () => {
    const failure = {
      message: 'file:ledger.git does not answer',
      hint: 'Start the forge.',
      denied: false,
      mayPass: true,
    };

    it('says why and what to do, aloud too, and retries by keyboard', async () => {
      const onRetry = jest.fn();
      review({ kind: 'failed', failure }, onRetry);

      expect(screen.getByText('The plan could not be computed')).toBeVisible();
      expect(screen.getByText('Start the forge.')).toBeVisible();
      expect(screen.getByRole('status')).toHaveTextContent(
        'file:ledger.git does not answer',
      );
      const user = userEvent.setup();
      await user.tab();
      await user.keyboard('{Enter}');
      expect(onRetry).toHaveBeenCalledTimes(1);
    });

    it('names the permission where the backend gives no hint', () => {
      review({
        kind: 'failed',
        failure: {
          message: 'not allowed',
          hint: undefined,
          denied: true,
          mayPass: false,
        },
      });

      expect(
        screen.getByText('You may not see the plan of this component'),
      ).toBeVisible();
      expect(screen.getByText(/dojo\.delivery\.read/)).toBeVisible();
    });
  });
});
