import { screen } from '@testing-library/react';
import {
  ledgerDelivery,
  nothingToDeploy,
  plannedDeployment,
} from 'backstage-plugin-dojo-common/testUtils';
import { openField } from '../../__testUtils__/openField';
import {
  type Answerer,
  dojoFailure,
  type PlanAnswer,
} from '../../__testUtils__/planBackend';
import { TagPicker } from './TagPicker';

const component = 'component:default/ledger';
const version = (text: string, isStable = true) => ({
  version: text,
  tag: `v${text}`,
  isStable,
});
const versions = {
  versions: [version('0.4.0-rc.1', false), version('0.3.0'), version('0.2.0')],
  total: 3,
};

const open = (
  preset: 'newest' | 'deployed' | 'previous' | undefined,
  holds: Record<string, string> = {},
  answers: {
    versions?: Answerer;
    plan?: PlanAnswer;
    delivery?: object;
    verb?: 'reject';
  } = {},
) =>
  openField({
    name: 'version',
    schema: {
      type: 'string',
      title: 'Version',
      ...(preset && {
        'ui:options': { preset, ...(answers.verb && { verb: answers.verb }) },
      }),
    },
    field: { name: 'DojoTagPicker', component: TagPicker },
    holds: { component, ...holds },
    answer: (body, request) => {
      if (request.method === 'POST') {
        return answers.plan ?? { body: plannedDeployment() };
      }
      if (answers.delivery && request.url.endsWith('/delivery')) {
        return { body: answers.delivery };
      }
      return answers.versions?.(body, request) ?? { body: versions };
    },
  });
const select = (label: RegExp) => screen.findByRole('button', { name: label });

describe('TagPicker', () => {
  it('takes the newest release from the start, and offers the others by keyboard', async () => {
    const form = await open(undefined);
    (await select(/v0\.3\.0 \(newest\)/)).focus();
    await form.user.keyboard('{Enter}');

    expect(
      (await screen.findAllByRole('option')).map(
        ({ textContent }) => textContent,
      ),
    ).toEqual(['v0.4.0-rc.1', 'v0.3.0 (newest)', 'v0.2.0']);
    await form.user.click(screen.getByRole('option', { name: 'v0.2.0' }));
    expect(await form.submitted()).toEqual({ component, version: 'v0.2.0' });
  });

  it('gives the form what it shows from the start', async () => {
    const form = await open('newest');
    await select(/v0\.3\.0/);

    expect(await form.submitted()).toEqual({ component, version: 'v0.3.0' });
  });

  it('keeps what a link names, a version as its tag', async () => {
    const form = await open('newest', { version: '0.2.0' });
    await select(/v0\.2\.0/);

    expect(await form.submitted()).toEqual({ component, version: 'v0.2.0' });
  });

  it('shows a tag of a link that is not among them as it is', async () => {
    const form = await open('newest', { version: 'v0.0.1' });
    await select(/v0\.0\.1/);

    expect(await form.submitted()).toEqual({ component, version: 'v0.0.1' });
  });

  it('takes what the environment has, as its overlay says', async () => {
    const form = await open('deployed', { environment: 'dev' });
    await select(/v0\.2\.0 \(in dev now\)/);

    expect(form.requests.at(-1)).toMatchObject({
      url: 'http://example.com/api/dojo/plans/deployment',
      body: { component, environment: 'dev', version: 'v0.3.0' },
    });
    expect(await form.submitted()).toMatchObject({ version: 'v0.2.0' });
  });

  it('takes the newest for an environment that has none', async () => {
    const none = plannedDeployment({ from: undefined });
    const form = await open(
      'deployed',
      { environment: 'dev' },
      { plan: { body: none } },
    );
    await select(/v0\.3\.0 \(newest\)/);

    expect(await form.submitted()).toMatchObject({ version: 'v0.3.0' });
  });

  it('takes the one that is there where that is the newest', async () => {
    await open(
      'deployed',
      { environment: 'dev' },
      { plan: { body: nothingToDeploy() } },
    );

    expect(await select(/v0\.3\.0 \(in dev now\)/)).toBeEnabled();
  });

  it('leaves the choice where it cannot be told what the environment has', async () => {
    const form = await open(
      'deployed',
      { environment: 'dev' },
      {
        plan: dojoFailure({ code: 'X', kind: 'refused', message: 'no base' }),
      },
    );
    (await select(/Version/)).focus();
    await form.user.keyboard('{Enter}');

    expect(await screen.findAllByRole('option')).toHaveLength(3);
    await form.user.click(screen.getByRole('option', { name: 'v0.2.0' }));
    expect(await form.submitted()).toMatchObject({ version: 'v0.2.0' });
  });

  it('takes the version before, or an earlier one', async () => {
    const form = await open('previous', { environment: 'dev' });
    await select(/The version before this one/);

    expect(form.requests.every(({ method }) => method === 'GET')).toBe(true);
    expect(await form.submitted()).toEqual({
      component,
      environment: 'dev',
      version: 'previous',
    });
  });

  describe('when versions were rejected', () => {
    const reason = 'wrong time zone value';
    const rejected = () => ({
      body: {
        versions: [
          { ...version('0.4.1'), rejected: reason },
          version('0.4.0'),
          version('0.1.0'),
        ],
        total: 3,
      },
    });
    const listed = async (form: Awaited<ReturnType<typeof open>>) => {
      (await select(/Version/)).focus();
      await form.user.keyboard('{Enter}');
      return (await screen.findAllByRole('option')).map(option => [
        option.textContent,
        option.getAttribute('aria-disabled') === 'true',
      ]);
    };

    it.each([undefined, 'reject'] as const)(
      'says why, takes the newest of the others, and offers none of them (verb %s)',
      async verb => {
        const form = await open('newest', {}, { versions: rejected, verb });
        await select(/v0\.4\.0 \(newest\)/);
        expect(await listed(form)).toEqual([
          [`v0.4.1Rejected: ${reason}`, true],
          ['v0.4.0 (newest)', false],
          ['v0.1.0', false],
        ]);
      },
    );

    it('says of a tag that was moved that it was, and offers it no more', async () => {
      const moved =
        'v0.4.1 was moved from 1b77e0… to 44ac10…; it is not deployed any more.';
      const form = await open(
        'newest',
        {},
        {
          versions: () => ({
            body: {
              versions: [{ ...version('0.4.1'), moved }, version('0.4.0')],
              total: 2,
            },
          }),
        },
      );
      await select(/v0\.4\.0 \(newest\)/);
      expect(await listed(form)).toEqual([
        [`v0.4.1${moved}`, true],
        ['v0.4.0 (newest)', false],
      ]);
    });

    it('keeps nobody from the way back to them, but from what the database does not bear', async () => {
      const delivery = ledgerDelivery({
        actions: [
          {
            id: 'roll-back',
            environment: 'staging',
            version: '0.1.0',
            label: { code: 'x', values: {}, sentence: 'Roll back to 0.1.0…' },
            to: { template: 'template:default/deploy', formData: {} },
            state: {
              code: 'SCHEMA_BARS_VERSION',
              sentence: '0.1.0 cannot run on this database.',
            },
          },
        ],
      });
      const form = await open(
        'previous',
        { environment: 'staging' },
        { versions: rejected, delivery },
      );
      await select(/The version before this one/);
      await screen.findByRole('button', { name: /Version/ });
      expect(await listed(form)).toEqual([
        ['The version before this one', false],
        [`v0.4.1Rejected: ${reason}`, false],
        ['v0.4.0 (newest)', false],
        ['v0.1.00.1.0 cannot run on this database.', true],
      ]);
    });
  });

  it('says why they could not be listed, and tries again', async () => {
    let fails = true;
    const form = await open(
      'newest',
      {},
      {
        versions: () =>
          fails
            ? dojoFailure({
                code: 'X',
                kind: 'unavailable',
                message: 'the forge does not answer',
              })
            : { body: versions },
      },
    );
    expect(
      await screen.findByText('The versions could not be listed'),
    ).toBeVisible();
    expect(screen.getByText('The forge does not answer')).toBeVisible();

    fails = false;
    await form.press('Retry');
    expect(await select(/v0\.3\.0 \(newest\)/)).toBeEnabled();
  });
});
