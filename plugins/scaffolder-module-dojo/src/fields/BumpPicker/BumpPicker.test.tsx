import { screen } from '@testing-library/react';
import { plannedRelease } from 'backstage-plugin-dojo-common/testUtils';
import { openField } from '../../__testUtils__/openField';
import { type Answerer, dojoFailure } from '../../__testUtils__/planBackend';
import { BumpPicker } from './BumpPicker';
import { validateBump } from './validateBump';

const component = 'component:default/ledger';
const choices = {
  auto: '0.4.0',
  major: '1.0.0',
  minor: '0.4.0',
  patch: '0.3.1',
  prerelease: '0.4.0-rc.1',
};
const open = (
  bump: string | undefined,
  answer: Answerer = () => ({ body: plannedRelease({ choices }) }),
) =>
  openField({
    name: 'bump',
    schema: { type: 'string', title: 'Next version' },
    field: {
      name: 'DojoBumpPicker',
      component: BumpPicker,
      validation: validateBump,
    },
    holds: { component, ...(bump !== undefined && { bump }) },
    answer,
  });
const radio = (name: string) => screen.findByRole('radio', { name });

describe('BumpPicker', () => {
  it('computes no version for who may not release, and says so', async () => {
    const form = await openField({
      name: 'bump',
      schema: { type: 'string', title: 'Next version' },
      field: { name: 'DojoBumpPicker', component: BumpPicker },
      holds: { component: 'component:default/locked' },
      answer: () => ({ body: plannedRelease({ choices }) }),
      denied: ['dojo.release.create'],
    });

    expect(
      await screen.findByText('You may not release locked.'),
    ).toBeVisible();
    expect(form.requests).toEqual([]);
  });

  it('says that a version is taken, and which is free', async () => {
    await open(undefined, () =>
      dojoFailure({
        code: 'RELEASE_VERSION_TAKEN',
        kind: 'refused',
        message: '0.3.1 exists already, not on release/0.3',
        hint: 'The next free version is 0.3.2.',
      }),
    );

    expect(
      await screen.findByText(
        '0.3.1 exists already, not on release/0.3. The next free version is 0.3.2.',
      ),
    ).toBeVisible();
  });

  it('offers each way with the version that it comes to', async () => {
    const form = await open(undefined);

    expect(await radio('Auto → 0.4.0')).toBeChecked();
    expect(
      screen
        .getAllByRole('radio')
        .map(
          ({ parentElement }) => parentElement?.closest('label')?.textContent,
        ),
    ).toEqual([
      'Auto → 0.4.0',
      'Major → 1.0.0',
      'Minor → 0.4.0',
      'Patch → 0.3.1',
      'Pre-release → 0.4.0-rc.1',
      'Another version',
    ]);
    await form.user.click(await radio('Major → 1.0.0'));
    expect(await form.submitted()).toEqual({ component, bump: 'major' });
    expect(form.requests.map(({ url, body }) => ({ url, body }))).toEqual([
      {
        url: 'http://example.com/api/dojo/plans/release',
        body: { component },
      },
    ]);
  });

  it('says that no commit calls for a release', async () => {
    await open('auto', () => ({
      body: plannedRelease({ choices: { patch: '0.3.1' } }),
    }));

    expect(
      await radio('Auto: no commit calls for a release'),
    ).toBeInTheDocument();
    expect(await radio('Major')).toBeInTheDocument();
  });

  it('takes a version of ones own, as its tag is written too', async () => {
    const form = await open('auto');
    await form.user.click(await radio('Another version'));
    await form.user.type(
      await screen.findByRole('textbox', { name: /Version/ }),
      'v2.0.0',
    );

    expect(await form.submitted()).toEqual({ component, bump: '2.0.0' });
  });

  it.each([
    ['Major', 'major', 'Major → 1.0.0'],
    ['v0.4.0', '0.4.0', 'Another version'],
  ])('takes %s of a link as %s', async (written, bump, name) => {
    const form = await open(written);

    expect(await radio(name)).toBeChecked();
    expect(await form.submitted()).toEqual({ component, bump });
  });

  it('does not go on with what says no version', async () => {
    const form = await open('huge');
    await radio('Auto → 0.4.0');
    await form.press('Review');

    expect(
      await screen.findByText(
        "'Next version' must be auto, major, minor, patch, prerelease, or a version such as 2.0.0",
      ),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });

  it('offers the ways without versions where they cannot be computed', async () => {
    const form = await open('auto', () =>
      dojoFailure({ code: 'X', kind: 'unavailable', message: 'away' }),
    );

    expect(await radio('Auto: the commit messages decide')).toBeChecked();
    await form.user.click(await radio('Minor'));
    expect(await form.submitted()).toEqual({ component, bump: 'minor' });
  });
});
