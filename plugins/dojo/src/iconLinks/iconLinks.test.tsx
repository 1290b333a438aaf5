import {
  createExtensionInput,
  createFrontendPlugin,
  createRouteRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { EntityIconLinkBlueprint } from '@backstage/plugin-catalog-react/alpha';
import {
  blockedAction,
  deliveryAction,
  ledgerDelivery,
} from 'backstage-plugin-dojo-common/testUtils';
import { screen, waitFor } from '@testing-library/react';
import { dojoBackend, type DojoBackend } from '../__testUtils__/dojoBackend';
import dojoPlugin from '../index';

const ledger = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'ledger',
    annotations: {
      'dojo/repository': 'file:ledger.git',
      'dojo/migrations': 'migrations',
    },
  },
};

const { useProps, filterFunction } = EntityIconLinkBlueprint.dataRefs;

function TestLink(props: { readonly useProps: typeof useProps.T }) {
  const { label, title, href, disabled, icon } = props.useProps();
  return (
    <li data-disabled={disabled} title={title}>
      {icon} {href ? <a href={href}>{label}</a> : <s>{label}</s>}
    </li>
  );
}

/** A page that has nothing but the links of the About card. */
const linksPage = PageBlueprint.makeWithOverrides({
  name: 'links',
  inputs: {
    links: createExtensionInput([useProps, filterFunction.optional()], {
      replaces: [{ id: 'entity-card:catalog/about', input: 'iconLinks' }],
    }),
  },
  factory: (originalFactory, { inputs }) =>
    originalFactory({
      path: '/',
      loader: async () => (
        <EntityProvider entity={ledger}>
          <h1>Links</h1>
          <ul>
            {inputs.links
              .filter(link => link.get(filterFunction)?.(ledger) ?? true)
              .map(link => (
                <TestLink
                  key={link.node.spec.id}
                  useProps={link.get(useProps)}
                />
              ))}
          </ul>
        </EntityProvider>
      ),
    }),
});

const selectedTemplate = createRouteRef({
  params: ['namespace', 'templateName'],
});
const scaffolder = createFrontendPlugin({
  pluginId: 'scaffolder',
  routes: { selectedTemplate },
  extensions: [
    PageBlueprint.make({
      params: {
        path: '/create/templates/:namespace/:templateName',
        routeRef: selectedTemplate,
        loader: async () => <h1>The form</h1>,
      },
    }),
  ],
});

async function show(
  backend: DojoBackend,
  options: { readonly withScaffolder?: boolean; readonly config?: object } = {},
) {
  const { withScaffolder = true, config = {} } = options;
  renderTestApp({
    extensions: [linksPage],
    features: withScaffolder ? [dojoPlugin, scaffolder] : [dojoPlugin],
    apis: [[fetchApiRef, backend.fetchApi], mockApis.permission()] as never,
    config: {
      backend: { baseUrl: 'http://localhost:7007' },
      app: { extensions: [{ 'entity-icon-link:dojo/release': { config } }] },
    },
  });
  await screen.findByRole('heading', { name: 'Links' });
}

const withActions = (...actions: ReturnType<typeof deliveryAction>[]) =>
  dojoBackend({ delivery: () => ledgerDelivery({ actions }) });

describe('the links of the About card', () => {
  it('open the forms as the backend fills them, with one question for all', async () => {
    const backend = withActions(
      deliveryAction('release', 'Release 0.5.0…', { version: '0.5.0' }),
      deliveryAction('deploy', 'Deploy 0.4.1 to staging…', {
        environment: 'staging',
      }),
    );
    await show(backend);

    const release = await screen.findByRole('link', { name: 'Release' });
    expect(release).toHaveAttribute(
      'href',
      `/create/templates/default/release?formData=${encodeURIComponent(
        '{"component":"component:default/ledger","version":"0.5.0"}',
      )}`,
    );
    expect(screen.getByTitle('Deploy 0.4.1 to staging…')).toBeInTheDocument();
    expect(backend.asked).toHaveLength(1);
  });

  it('are disabled with the reason where a rule holds a verb back', async () => {
    await show(
      withActions(blockedAction('release', 'Release…', 'Frozen until Monday.')),
    );

    const item = await screen.findByTitle('Frozen until Monday.');
    expect(item).toHaveAttribute('data-disabled', 'true');
    expect(item).toHaveTextContent('Frozen until Monday.');
  });

  it('lead nowhere without permission', async () => {
    const backend = withActions();
    await show(backend);

    await waitFor(() => expect(backend.asked).toHaveLength(1));
    expect(screen.queryByRole('link', { name: 'Release' })).toBeNull();
  });

  it('are absent where no template route is bound', async () => {
    await show(withActions(deliveryAction('release', 'Release…')), {
      withScaffolder: false,
    });

    expect(screen.queryByText('Release')).toBeNull();
  });

  it('open the template that the app configures', async () => {
    await show(withActions(deliveryAction('release', 'Release…')), {
      config: { template: 'platform/release' },
    });

    expect(
      await screen.findByRole('link', { name: 'Release' }),
    ).toHaveAttribute(
      'href',
      expect.stringMatching(/^\/create\/templates\/platform\/release\?/),
    );
  });
});
