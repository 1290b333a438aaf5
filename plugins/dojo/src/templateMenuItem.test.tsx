import type { Entity } from '@backstage/catalog-model';
import {
  createExtensionInput,
  createFrontendPlugin,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  EntityContextMenuItemBlueprint,
  type EntityContextMenuItemData,
} from '@backstage/plugin-catalog-react/alpha';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Menu, MenuItem, MenuTrigger, Button } from '@backstage/ui';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import dojoPlugin from './index';

const ledger: Entity = {
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

const { data, filterFunction } = EntityContextMenuItemBlueprint.dataRefs;

function TestMenuItem({ item }: { readonly item: EntityContextMenuItemData }) {
  const { title, disabled, ...rest } = item.useProps();
  const href = 'href' in rest ? rest.href : undefined;
  return (
    <MenuItem iconStart={item.icon} href={href} isDisabled={disabled}>
      {title}
    </MenuItem>
  );
}

/** An entity page that has nothing but the menu. */
function menuPageOf(entity: Entity) {
  return PageBlueprint.makeWithOverrides({
    name: 'entity-menu',
    inputs: {
      items: createExtensionInput([data, filterFunction.optional()], {
        replaces: [{ id: 'page:catalog/entity', input: 'contextMenuItems' }],
      }),
    },
    factory: (originalFactory, { inputs }) =>
      originalFactory({
        path: '/',
        loader: async () => (
          <EntityProvider entity={entity}>
            <MenuTrigger>
              <Button>More</Button>
              <Menu aria-label="More">
                {inputs.items
                  .filter(item => item.get(filterFunction)?.(entity) ?? true)
                  .map(item => (
                    <TestMenuItem
                      key={item.node.spec.id}
                      item={item.get(data)}
                    />
                  ))}
                <MenuItem>Inspect</MenuItem>
              </Menu>
            </MenuTrigger>
          </EntityProvider>
        ),
      }),
  });
}

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

/** Opens the menu of `entity` and looks for the item with this title. */
async function openMenu(
  title: string,
  options: {
    readonly entity?: Entity;
    readonly withScaffolder?: boolean;
    readonly allowed?: boolean;
    readonly template?: string;
    /** Of the extension that `template` configures. */
    readonly name?: string;
  } = {},
) {
  const { entity = ledger, withScaffolder = true, allowed = true } = options;
  const permission = mockApis.permission.mock({
    authorize: async () => ({
      result: allowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
    }),
  });
  renderTestApp({
    extensions: [menuPageOf(entity)],
    features: withScaffolder ? [dojoPlugin, scaffolder] : [dojoPlugin],
    apis: [permission],
    config: {
      app: {
        extensions: [
          {
            [`entity-context-menu-item:dojo/${options.name ?? 'release'}`]: {
              config: options.template ? { template: options.template } : {},
            },
          },
        ],
      },
    },
  });
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'More' }));
  await screen.findByRole('menuitem', { name: 'Inspect' });
  return {
    user,
    permission,
    item: screen.queryByRole('menuitem', { name: title }),
  };
}

describe.each([
  {
    title: 'Ship…',
    template: 'default/ship',
    permission: 'dojo.release.create',
    annotation: 'dojo/repository',
  },
  {
    title: 'Release',
    template: 'default/release',
    permission: 'dojo.release.create',
    annotation: 'dojo/repository',
  },
  {
    title: 'Migrate',
    template: 'default/migrate',
    permission: 'dojo.migration.run',
    annotation: 'dojo/migrations',
  },
  {
    title: 'Deploy',
    template: 'default/deploy',
    permission: 'dojo.deployment.create',
    annotation: 'dojo/repository',
  },
  {
    title: 'Restore a backup',
    template: 'default/restore-backup',
    permission: 'dojo.migration.run',
    annotation: 'dojo/migrations',
  },
  {
    title: 'Rebuild caches',
    template: 'default/rebuild-caches',
    permission: 'dojo.migration.run',
    annotation: 'dojo/migrations',
  },
])('the menu item $title', ({ title, template, permission, annotation }) => {
  it('links to its form with the component and nothing else', async () => {
    // A name of its own: usePermission remembers answers over tests, and would not ask again.
    const name = `asked-by-${template.split('/')[1]}`;
    const entity = { ...ledger, metadata: { ...ledger.metadata, name } };
    const { item, permission: permissionApi } = await openMenu(title, {
      entity,
    });

    await waitFor(() => expect(item).not.toHaveAttribute('aria-disabled'));
    expect(item).toHaveAttribute(
      'href',
      `/create/templates/${template}?formData=${encodeURIComponent(
        `{"component":"component:default/${name}"}`,
      )}`,
    );
    expect(permissionApi.authorize).toHaveBeenCalledWith(
      expect.objectContaining({
        permission: expect.objectContaining({ name: permission }),
        resourceRef: `component:default/${name}`,
      }),
    );
  });

  it('opens the form by keyboard', async () => {
    const { user, item } = await openMenu(title);
    await waitFor(() => expect(item).not.toHaveAttribute('aria-disabled'));

    item!.focus();
    await user.keyboard('{Enter}');

    expect(
      await screen.findByRole('heading', { name: 'The form' }),
    ).toBeInTheDocument();
  });

  it('links to the template that the app configures', async () => {
    const { item } = await openMenu(title, {
      template: 'platform/ship',
      name: template.split('/')[1],
    });

    await waitFor(() =>
      expect(item?.getAttribute('href')).toMatch(
        /^\/create\/templates\/platform\/ship\?/,
      ),
    );
  });

  it('is disabled without the permission', async () => {
    // Another name: usePermission remembers answers over tests.
    const entity = { ...ledger, metadata: { ...ledger.metadata, name: 'tax' } };
    const { item } = await openMenu(title, { entity, allowed: false });

    expect(item).toHaveAttribute('aria-disabled', 'true');
  });

  it('is absent where no template route is bound', async () => {
    const { item } = await openMenu(title, { withScaffolder: false });

    expect(item).toBeNull();
  });

  const { [annotation]: _, ...others } = ledger.metadata.annotations ?? {};
  it.each([
    ['is no component', { ...ledger, kind: 'API' }],
    [
      'has not its annotation',
      { ...ledger, metadata: { ...ledger.metadata, annotations: others } },
    ],
    ['has none at all', { ...ledger, metadata: { name: 'ledger' } }],
  ])('is absent where the entity %s', async (__, entity) => {
    const { item } = await openMenu(title, { entity });

    expect(item).toBeNull();
  });
});
