import { act, screen, waitFor } from '@testing-library/react';
import type { Environment } from 'backstage-plugin-dojo-common';
import { openStepper } from '../../__testUtils__/openStepper';
import { type Answerer, dojoFailure } from '../../__testUtils__/planBackend';
import { EnvironmentPicker } from './EnvironmentPicker';
import { validateEnvironment } from './validateEnvironment';

const manifest = {
  title: 'Migrate',
  steps: [
    {
      title: 'What',
      schema: {
        required: ['environment'],
        properties: {
          environment: {
            type: 'string',
            title: 'Environment',
            description: 'Whose database.',
            'ui:field': 'DojoEnvironmentPicker',
          },
        },
      },
    },
  ],
};

const open = (answer: Answerer, initialState: Record<string, string> = {}) =>
  openStepper({
    manifest,
    initialState,
    field: {
      name: 'DojoEnvironmentPicker',
      component: EnvironmentPicker,
      validation: validateEnvironment,
    },
    answer,
  });

const environments = (...names: string[]) => ({
  body: names.map((name): Environment => ({ name, migrates: true })),
});

const chosen = async (form: Awaited<ReturnType<typeof open>>) => {
  await form.press('Review');
  await form.press('Create');
  return form.onCreate;
};

describe('EnvironmentPicker', () => {
  it('offers the environments that can be migrated, in their order, and takes one by keyboard', async () => {
    const form = await open(() => ({
      body: [
        { name: 'dev', migrates: true },
        { name: 'staging', migrates: true },
        { name: 'production', migrates: false },
      ],
    }));

    expect(
      await screen.findByRole('radiogroup', { name: /^Environment/ }),
    ).toHaveAccessibleDescription('Whose database.');
    expect(
      screen.getAllByRole('radio').map(radio => radio.getAttribute('value')),
    ).toEqual(['dev', 'staging']);
    expect(screen.getByRole('radio', { name: 'dev' })).not.toBeChecked();
    act(() => screen.getByRole('radio', { name: 'dev' }).focus());
    await form.user.keyboard('{ArrowRight}');

    expect(screen.getByRole('radio', { name: 'staging' })).toBeChecked();
    expect(await chosen(form)).toHaveBeenCalledWith({ environment: 'staging' });
    expect(
      new Set(form.requests.map(({ method, url }) => `${method} ${url}`)),
    ).toEqual(new Set(['GET http://example.com/api/dojo/environments']));
  });

  it('chooses the only one from the start', async () => {
    const form = await open(() => environments('dev'));

    await waitFor(() =>
      expect(screen.getByRole('radio', { name: 'dev' })).toBeChecked(),
    );
    expect(await chosen(form)).toHaveBeenCalledWith({ environment: 'dev' });
  });

  it('keeps the one in the link', async () => {
    const form = await open(() => environments('dev', 'staging'), {
      environment: 'staging',
    });
    await waitFor(() =>
      expect(screen.getByRole('radio', { name: 'staging' })).toBeChecked(),
    );
    expect(await chosen(form)).toHaveBeenCalledWith({ environment: 'staging' });
  });

  it('does not go on without one', async () => {
    const form = await open(() => environments('dev', 'staging'));
    await screen.findByRole('radio', { name: 'dev' });
    await form.press('Review');

    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
    expect(
      screen.getByRole('radiogroup', { name: /^Environment/ }),
    ).toBeInTheDocument();
  });

  describe('when the link names one that is not configured', () => {
    it('says so and chooses no other, not even the only one', async () => {
      const form = await open(() => environments('dev'), {
        environment: 'prod',
      });

      expect(
        await screen.findByText('prod is not a configured environment here.'),
      ).toBeVisible();
      expect(screen.getByText('Configured: dev')).toBeVisible();
      expect(screen.getByRole('radio', { name: 'dev' })).not.toBeChecked();
      await form.press('Review');
      expect(
        await screen.findByText(
          "'Environment' is not a configured environment: choose one that is.",
        ),
      ).toBeVisible();
      expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
    });

    it('goes on with the one that is chosen instead', async () => {
      const form = await open(() => environments('dev'), {
        environment: 'prod',
      });
      await form.user.click(await screen.findByRole('radio', { name: 'dev' }));

      expect(screen.queryByText(/is not a configured/)).toBeNull();
      expect(await chosen(form)).toHaveBeenCalledWith({ environment: 'dev' });
    });
  });

  it('says so where the one in the link has no database, and does not go on', async () => {
    const form = await open(
      () => ({
        body: [
          { name: 'dev', migrates: true },
          { name: 'production', migrates: false },
        ],
      }),
      { environment: 'production' },
    );

    expect(
      await screen.findByText(
        'production has no database that can be migrated from here.',
      ),
    ).toBeVisible();
    await form.press('Review');
    await screen.findByText(/^'Environment' is not a configured environment/);
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });

  it('leaves the word to the review where they can no longer be listed', async () => {
    let fails = false;
    const form = await open(() =>
      fails
        ? dojoFailure({ code: 'X', kind: 'unavailable', message: 'away' })
        : environments('dev'),
    );
    await waitFor(() =>
      expect(screen.getByRole('radio', { name: 'dev' })).toBeChecked(),
    );
    fails = true;
    expect(await chosen(form)).toHaveBeenCalledWith({ environment: 'dev' });
  });

  it('says what to configure where there is none', async () => {
    await open(() => ({ body: [{ name: 'dev', migrates: false }] }));

    expect(
      await screen.findByText('No environment can be migrated from here'),
    ).toBeVisible();
    expect(screen.getByRole('figure')).toHaveTextContent(
      'dojo: environments: - name: dev database: file:',
    );
  });

  it('says why they could not be loaded, and tries again', async () => {
    let fails = true;
    const form = await open(() =>
      fails
        ? dojoFailure({
            code: 'X',
            kind: 'unavailable',
            message: 'the backend starts again',
          })
        : environments('dev'),
    );

    expect(
      await screen.findByText('The environments could not be loaded'),
    ).toBeVisible();
    expect(screen.getByText('the backend starts again')).toBeVisible();
    fails = false;
    await form.press('Retry');
    expect(await screen.findByRole('radio', { name: 'dev' })).toBeChecked();
  });
});
