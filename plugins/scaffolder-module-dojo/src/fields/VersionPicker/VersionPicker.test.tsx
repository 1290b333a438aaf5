import { screen } from '@testing-library/react';
import { openField } from '../../__testUtils__/openField';
import { type Answerer, dojoFailure } from '../../__testUtils__/planBackend';
import { VersionPicker } from './VersionPicker';

const component = 'component:default/ledger';
const version = (text: string, isStable = true) => ({
  version: text,
  tag: `v${text}`,
  isStable,
});
const open = (
  chosen?: string,
  answer: Answerer = () => ({
    body: {
      versions: [version('0.5.0-rc.1', false), version('0.4.0')],
      total: 2,
    },
  }),
) =>
  openField({
    name: 'version',
    schema: { type: 'string', title: 'Version' },
    field: { name: 'DojoVersionPicker', component: VersionPicker },
    holds: { component, ...(chosen && { version: chosen }) },
    answer,
  });
const select = (label: RegExp) => screen.findByRole('button', { name: label });

describe('VersionPicker', () => {
  it('offers the releases there are, by keyboard too, and says which one is the newest', async () => {
    const form = await open();
    (await select(/Newest release \(0\.4\.0\)/)).focus();
    await form.user.keyboard('{Enter}');

    expect(
      (await screen.findAllByRole('option')).map(
        ({ textContent }) => textContent,
      ),
    ).toEqual(['Newest release (0.4.0)', '0.5.0-rc.1', '0.4.0']);
    await form.user.click(screen.getByRole('option', { name: '0.5.0-rc.1' }));
    expect(await form.submitted()).toEqual({
      component,
      version: '0.5.0-rc.1',
    });
    expect(form.requests[0].url).toBe(
      'http://example.com/api/dojo/components/default/component/ledger/versions',
    );
  });

  it('leaves the version out where it is the newest', async () => {
    const form = await open();
    await select(/Newest release \(0\.4\.0\)/);

    expect(await form.submitted()).toEqual({ component });
  });

  it('keeps a version of a link that is not among them', async () => {
    const form = await open('0.1.0');

    await select(/0\.1\.0/);
    expect(await form.submitted()).toEqual({ component, version: '0.1.0' });
  });

  it('leaves the newest where they cannot be listed', async () => {
    await open(undefined, () =>
      dojoFailure({ code: 'X', kind: 'unavailable', message: 'away' }),
    );

    expect(await select(/Newest release/)).toBeEnabled();
  });
});
