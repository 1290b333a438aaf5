import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import {
  ApiBlueprint,
  createFrontendPlugin,
  createRouteRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  deliveriesPage,
  deliveryNow,
  deliveryRow,
  ledgerRow,
} from 'backstage-plugin-dojo-common/testUtils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation, useNavigate } from 'react-router-dom';
import { dojoBackend, type DojoBackend } from '../__testUtils__/dojoBackend';
import { setWindowWidth } from '../__testUtils__/windowWidth';
import dojoPlugin from '../index';

/** The catalog as far as the page knows it: the way to an entity, and who owns components. */
const catalog = createFrontendPlugin({
  pluginId: 'catalog',
  routes: { catalogEntity: entityRouteRef },
  extensions: [
    // Only the plugin that it belongs to may bring it.
    ApiBlueprint.make({
      params: define =>
        define({
          api: catalogApiRef,
          deps: {},
          factory: () =>
            ({
              getEntityFacets: async () => ({
                facets: {
                  'relations.ownedBy': [
                    { value: 'group:default/accounting', count: 1 },
                  ],
                },
              }),
            } as unknown as typeof catalogApiRef.T),
        }),
    }),
    PageBlueprint.make({
      name: 'entity',
      params: {
        path: '/catalog/:namespace/:kind/:name',
        routeRef: entityRouteRef,
        loader: async () => <Elsewhere />,
      },
    }),
    PageBlueprint.make({
      name: 'root',
      params: {
        path: '/elsewhere',
        routeRef: createRouteRef(),
        loader: async () => <Elsewhere />,
      },
    }),
  ],
});

function Elsewhere() {
  const { pathname, hash } = useLocation();
  const navigate = useNavigate();
  return (
    <>
      <p>at {pathname + hash}</p>
      <button onClick={() => navigate(-1)}>Back</button>
    </>
  );
}

async function open(
  backend: DojoBackend,
  options: { readonly search?: string; readonly config?: object } = {},
) {
  renderTestApp({
    features: [dojoPlugin, catalog],
    initialRouteEntries: ['/elsewhere', `/deliveries${options.search ?? ''}`],
    apis: [[fetchApiRef, backend.fetchApi], mockApis.permission()] as never,
    config: {
      backend: { baseUrl: 'http://localhost:7007' },
      app: {
        extensions: [
          { 'page:dojo/deliveries': { config: options.config ?? {} } },
        ],
      },
    },
  });
  await screen.findByTestId('dojo-deliveries');
  return userEvent.setup();
}

const listed = (backend: DojoBackend) =>
  backend.asked.filter(path => path.startsWith('/deliveries'));

beforeEach(() => setWindowWidth(1440));

describe('DeliveriesPage', () => {
  describe('when the reader owns components', () => {
    it('shows those first, with one question for all rows, and how many need attention', async () => {
      const backend = dojoBackend();
      await open(backend);

      expect(
        await screen.findByText('1 of 3 needs attention'),
      ).toBeInTheDocument();
      expect(listed(backend)).toEqual(['/deliveries?limit=50&owned=true']);
      const rows = screen.getAllByRole('row').slice(1);
      expect(rows[0]).toHaveTextContent(
        /ledger.*staging is down: 0.4.1 exits at start/,
      );
      expect(
        screen.getAllByRole('columnheader').map(each => each.textContent),
      ).toEqual([
        'Component',
        'Owner',
        'Unreleased',
        'dev',
        'staging',
        'production',
      ]);
      expect(within(rows[0]).getByText('Down')).toBeInTheDocument();
      expect(within(rows[0]).getByText('Drifted')).toBeInTheDocument();
      expect(
        within(rows[0]).getByText('Waiting for merge'),
      ).toBeInTheDocument();
    });

    it('leads from a row to the environment that needs attention', async () => {
      const user = await open(dojoBackend());
      const link = await screen.findByRole('link', { name: 'ledger' });

      expect(link).toHaveAttribute(
        'href',
        '/catalog/default/component/ledger/delivery#staging',
      );
      await user.click(link);
      expect(
        await screen.findByText(
          'at /catalog/default/component/ledger/delivery#staging',
        ),
      ).toBeInTheDocument();
    });
  });

  describe('when the reader comes back', () => {
    it('shows the same rows, with the focus where it was', async () => {
      const backend = dojoBackend();
      const user = await open(backend, { search: '?show=all&sort=name' });
      await user.click(await screen.findByRole('link', { name: 'ledger' }));
      await screen.findByText(/^at \/catalog/);

      await user.click(screen.getByRole('button', { name: 'Back' }));

      const link = await screen.findByRole('link', { name: 'ledger' });
      await waitFor(() => expect(link).toHaveFocus());
      expect(listed(backend).at(-1)).toBe(listed(backend)[0]);
    });

    it('finds a row that is not among the first', async () => {
      const rows = Array.from({ length: 30 }, (_, at) =>
        deliveryRow(`service-${at}`),
      );
      const backend = dojoBackend({
        deliveries: () => deliveriesPage({ rows }),
      });
      const user = await open(backend, { search: '?show=all&sort=name' });
      await user.click(await screen.findByRole('link', { name: 'service-25' }));
      await screen.findByText(/^at \/catalog/);

      await user.click(screen.getByRole('button', { name: 'Back' }));

      const link = await screen.findByRole('link', { name: 'service-25' });
      await waitFor(() => expect(link).toHaveFocus());
    });
  });

  describe('when the reader owns nothing', () => {
    it('shows all, and says so', async () => {
      const backend = dojoBackend({
        deliveries: query =>
          query.get('owned')
            ? deliveriesPage({ rows: [], ownsAny: false })
            : deliveriesPage({ ownsAny: false }),
      });
      await open(backend);

      expect(
        await screen.findByText('You own no component; showing all.'),
      ).toBeInTheDocument();
      expect(await screen.findByText('ledger')).toBeInTheDocument();
    });
  });

  describe('when nothing needs anybody', () => {
    const healthy = { rows: [deliveryRow('shop'), deliveryRow('receipts')] };

    it('says that everything is healthy, above the ordinary rows', async () => {
      await open(dojoBackend({ deliveries: () => deliveriesPage(healthy) }));

      expect(
        await screen.findByText('Everything is healthy.'),
      ).toBeInTheDocument();
      expect(screen.getByText('shop')).toBeInTheDocument();
    });

    it('does not call it healthy while a source is silent, and names that once', async () => {
      await open(
        dojoBackend({
          deliveries: () =>
            deliveriesPage({
              ...healthy,
              sources: [
                {
                  id: 'cluster:staging',
                  state: 'late',
                  asOf: deliveryNow,
                  error: {
                    code: 'X',
                    message: 'connection refused',
                    hint: 'Wait.',
                  },
                },
              ],
            }),
        }),
      );

      expect(
        await screen.findByText(
          /^staging's cluster has not answered since \d\d:\d\d: connection refused\.$/,
        ),
      ).toBeInTheDocument();
      expect(screen.getByText('The rest is current.')).toBeInTheDocument();
      expect(screen.queryByText('Everything is healthy.')).toBeNull();
    });
  });

  describe('when nothing matches', () => {
    it('says which words match nothing, keeps the filters, and clears them', async () => {
      const backend = dojoBackend({
        deliveries: query =>
          query.get('flag') ? deliveriesPage({ rows: [] }) : deliveriesPage(),
      });
      const user = await open(backend, { search: '?flag=drifted&q=led' });

      expect(
        await screen.findByText('No component matches: drifted, led.'),
      ).toBeInTheDocument();
      expect(screen.getByRole('searchbox')).toHaveValue('led');
      await user.click(screen.getByRole('button', { name: 'Clear' }));
      expect(
        await screen.findByRole('link', { name: 'ledger' }),
      ).toBeInTheDocument();
      expect(listed(backend).at(-1)).toBe('/deliveries?limit=50&owned=true');
    });

    it('says how a component comes here where there is none at all', async () => {
      await open(
        dojoBackend({ deliveries: () => deliveriesPage({ rows: [] }) }),
      );

      expect(
        await screen.findByText(/annotation dojo\/repository/),
      ).toBeInTheDocument();
    });
  });

  describe('when the address asks for something', () => {
    it('asks the backend for it', async () => {
      const backend = dojoBackend();
      await open(backend, {
        search:
          '?show=all&environment=staging&state=down&sort=name&order=desc&cursor=c1',
      });

      await screen.findByRole('link', { name: 'ledger' });
      const query = new URLSearchParams(listed(backend)[0].split('?')[1]);
      expect(Object.fromEntries(query)).toEqual({
        limit: '50',
        environment: 'staging',
        state: 'down',
        sort: 'name',
        order: 'desc',
        cursor: 'c1',
      });
    });
  });

  describe('when the reader chooses', () => {
    it('filters by a flag, and shows how many there are', async () => {
      const backend = dojoBackend();
      const user = await open(backend);

      await user.click(await screen.findByRole('radio', { name: 'Drifted 1' }));

      await waitFor(() =>
        expect(listed(backend).at(-1)).toContain('flag=drifted'),
      );
    });

    it('offers what there is none of too', async () => {
      await open(dojoBackend({ deliveries: () => deliveriesPage() }));

      const flags = await screen.findByRole('radiogroup', {
        name: 'Show only',
      });
      expect(
        within(flags)
          .getAllByRole('radio')
          .map(flag => flag.textContent),
      ).toEqual([
        ...['Drifted 1', 'Migration pending 0', 'Waiting for merge 1'],
        ...['Behind 1', 'Unreleased 1', 'Release unfinished 0'],
        'Not current 0',
      ]);
    });

    it('searches for what was typed, once', async () => {
      const backend = dojoBackend();
      await open(backend);

      const search = screen.getByRole('searchbox');
      for (const value of ['l', 'le', 'led']) {
        fireEvent.change(search, { target: { value } });
      }

      await waitFor(() => expect(listed(backend).at(-1)).toContain('q=led'));
      expect(
        listed(backend).filter(path => /q=(?:l|le)(?:&|$)/.test(path)),
      ).toEqual([]);
    });

    it('sorts by name under its column', async () => {
      const backend = dojoBackend();
      const user = await open(backend);

      await user.click(
        await screen.findByRole('columnheader', { name: /Component/ }),
      );

      await waitFor(() =>
        expect(listed(backend).at(-1)).toContain('sort=name'),
      );
    });

    it('says in the heads how the rows that are there are sorted', async () => {
      let answer = () => {};
      const backend = dojoBackend({
        deliveries: query =>
          query.get('sort') === 'released'
            ? new Promise(resolve => {
                answer = () => resolve(deliveriesPage());
              })
            : deliveriesPage(),
      });
      const user = await open(backend, {
        search: '?sort=name',
        config: { columns: ['latest'] },
      });
      await screen.findByText('ledger');
      const head = (name: RegExp) => screen.getByRole('columnheader', { name });
      expect(head(/Component/)).toHaveAttribute('aria-sort', 'ascending');

      await user.click(head(/Latest release/));
      await waitFor(() =>
        expect(listed(backend).at(-1)).toContain('sort=released'),
      );
      expect(head(/Component/)).toHaveAttribute('aria-sort', 'ascending');
      answer();

      await waitFor(() =>
        expect(head(/Latest release/)).toHaveAttribute(
          'aria-sort',
          expect.stringMatching(/ending$/),
        ),
      );
      expect(head(/Component/)).toHaveAttribute('aria-sort', 'none');
    });

    it('shows the next page, and the one before', async () => {
      const backend = dojoBackend({
        deliveries: query =>
          query.get('cursor')
            ? deliveriesPage({ rows: [deliveryRow('shop')], total: 51 })
            : deliveriesPage({ rows: [ledgerRow()], next: 'c2', total: 51 }),
      });
      const user = await open(backend);
      await screen.findByText('ledger');

      await user.click(screen.getByRole('button', { name: 'Next table page' }));
      expect(await screen.findByText('shop')).toBeInTheDocument();
      expect(screen.getByText('51 to 51 of 51')).toBeInTheDocument();

      await user.click(
        screen.getByRole('button', { name: 'Previous table page' }),
      );
      expect(await screen.findByText('ledger')).toBeInTheDocument();
    });
  });

  describe('when the next page is on its way', () => {
    it('says nothing of it before its rows are there, and goes no further', async () => {
      let answer = () => {};
      const backend = dojoBackend({
        deliveries: query =>
          query.get('cursor')
            ? new Promise(resolve => {
                answer = () =>
                  resolve(
                    deliveriesPage({ rows: [deliveryRow('shop')], total: 51 }),
                  );
              })
            : deliveriesPage({ rows: [ledgerRow()], next: 'c2', total: 51 }),
      });
      const user = await open(backend);
      await screen.findByText('ledger');
      const next = screen.getByRole('button', { name: 'Next table page' });

      await user.click(next);
      expect(await screen.findByText('51 components')).toBeInTheDocument();
      await user.click(next);
      answer();

      expect(await screen.findByText('51 to 51 of 51')).toBeInTheDocument();
      expect(screen.getByText('shop')).toBeInTheDocument();
    });
  });

  describe('when the backend does not answer', () => {
    it('says what failed, and asks again', async () => {
      const backend = dojoBackend({
        deliveries: () => new Response('', { status: 503 }),
      });
      const user = await open(backend);
      const retry = await screen.findByRole('button', { name: 'Retry' });
      expect(
        screen.getByText('The deliveries could not be read'),
      ).toBeInTheDocument();

      backend.deliveries = () => deliveriesPage();
      await user.click(retry);

      expect(await screen.findByText('ledger')).toBeInTheDocument();
      expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
    });
  });

  describe('when the page is narrow', () => {
    it('shows cards in place of the table', async () => {
      setWindowWidth(420);
      await open(dojoBackend());

      const cards = within(
        await screen.findByRole('list', { name: 'Deliveries' }),
      ).getAllByRole('listitem');
      expect(cards).toHaveLength(3);
      expect(cards[0]).toHaveTextContent(/staging0\.4\.1.*Down/);
      expect(screen.queryByRole('grid')).toBeNull();
    });
  });

  describe('when the app configures columns', () => {
    it('shows those', async () => {
      await open(dojoBackend(), { config: { columns: ['latest'] } });

      await screen.findByText('ledger');
      expect(
        screen.getAllByRole('columnheader').map(each => each.textContent),
      ).toEqual(['Component', 'Latest release']);
    });
  });
});
