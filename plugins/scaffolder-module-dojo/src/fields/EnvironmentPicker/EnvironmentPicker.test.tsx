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

const open = (
  answer: Answerer,
  initialState: Record<string, string> = {},
  shown: object = manifest,
) =>
  openStepper({
    manifest: shown as typeof manifest,
    initialState,
    field: {
      name: 'DojoEnvironmentPicker',
      component: EnvironmentPicker,
      validation: validateEnvironment,
    },
    answer,
  });

const environments = (...names: string[]) => ({
  body: names.map(
    (name): Environment => ({ name, migrates: true, deploys: true }),
  ),
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
        { name: 'dev', migrates: true, deploys: true },
        { name: 'staging', migrates: true, deploys: true },
        { name: 'production', migrates: false, deploys: false },
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
        await screen.findByText('prod is not an environment here.'),
      ).toBeVisible();
      expect(screen.getByText('Configured: dev.')).toBeVisible();
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
          { name: 'dev', migrates: true, deploys: true },
          { name: 'production', migrates: false, deploys: false },
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
    await open(() => ({
      body: [{ name: 'dev', migrates: false, deploys: false }],
    }));

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
    expect(screen.getByText('The backend starts again')).toBeVisible();
    fails = false;
    await form.press('Retry');
    expect(await screen.findByRole('radio', { name: 'dev' })).toBeChecked();
  });

  describe('when it is chosen to deploy to', () => {
    const deploying: Environment[] = [
      { name: 'dev', migrates: true, deploys: true },
      { name: 'staging', migrates: false, deploys: true, promotesFrom: 'dev' },
      {
        name: 'production',
        migrates: false,
        deploys: true,
        promotesFrom: 'staging',
        promotedOnly: true,
        approval: true,
      },
      { name: 'elsewhere', migrates: true, deploys: false },
    ];
    const field = (purpose: string, title: string) => ({
      type: 'string',
      title,
      'ui:field': 'DojoEnvironmentPicker',
      'ui:options': { purpose },
    });
    const form = (properties: object) => ({
      title: 'Deploy',
      steps: [{ title: 'What', schema: { properties } }],
    });
    const target = form({ environment: field('deploy', 'Environment') });
    const source = form({ promoteFrom: field('promote', 'Promote from') });
    const radios = async (name: RegExp) => {
      await screen.findByRole('radiogroup', { name });
      return screen
        .getAllByRole('radio')
        .map(radio => radio.getAttribute('value'));
    };

    it('offers those that can be, and says what holds in the chosen one', async () => {
      const { user } = await open(() => ({ body: deploying }), {}, target);

      expect(await radios(/^Environment/)).toEqual([
        'dev',
        'staging',
        'production',
      ]);
      expect(screen.queryByText(/takes over what/)).toBeNull();
      await user.click(screen.getByRole('radio', { name: 'production' }));
      expect(
        await screen.findByText(
          'production takes over what staging has; another version gets in only to go back.',
        ),
      ).toBeVisible();
      expect(
        screen.getByText(
          'In production a change lands when somebody else merges it.',
        ),
      ).toBeVisible();
    });

    it('refuses one that cannot be', async () => {
      const { press } = await open(
        () => ({ body: deploying }),
        { environment: 'elsewhere' },
        target,
      );

      expect(
        await screen.findByText('elsewhere cannot be deployed to from here.'),
      ).toBeVisible();
      await press('Review');
      await screen.findByText(/^'Environment' is not a configured environment/);
    });

    it('says what to configure where there is none', async () => {
      await open(() => ({ body: [deploying[3]] }), {}, target);

      expect(
        await screen.findByText('No environment can be deployed to from here'),
      ).toBeVisible();
      expect(screen.getByRole('figure')).toHaveTextContent(
        'infra: repository:',
      );
    });

    it('offers as a source all but the one that changes', async () => {
      await open(() => ({ body: deploying }), { environment: 'dev' }, source);

      expect(await radios(/^Promote from/)).toEqual(['staging', 'production']);
    });

    it('takes the source that the environment names', async () => {
      const opened = await open(
        () => ({ body: deploying }),
        { environment: 'production' },
        source,
      );

      expect(await radios(/^Promote from/)).toEqual(['staging']);
      expect(await chosen(opened)).toHaveBeenCalledWith({
        environment: 'production',
        promoteFrom: 'staging',
      });
    });

    it('says so where there is no other', async () => {
      await open(
        () => ({ body: [deploying[0]] }),
        { environment: 'dev' },
        source,
      );

      expect(
        await screen.findByText(
          'There is no other environment to promote to dev from',
        ),
      ).toBeVisible();
    });
  });
});
