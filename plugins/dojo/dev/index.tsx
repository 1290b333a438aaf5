/**
 * The Delivery tab with answers of tests and without a backend: `yarn start` here, then `/?state=ledger` (the names are
 * those of answers.ts, and `loading`, `missing`, `absent`).
 */
import type { Entity } from '@backstage/catalog-model';
// The development page is an app of its own: nobody else brings the styles.
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend
import '@backstage/ui/css/styles.css';
import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  createFrontendModule,
  createFrontendPlugin,
  createRouteRef,
  fetchApiRef,
  type IdentityApi,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { useEffect } from 'react';
import ReactDOM from 'react-dom/client';
import { DeliveryTab } from '../src/delivery/DeliveryTab';
import dojoPlugin from '../src/index';
import { answerOf } from './answers';

const state =
  new URLSearchParams(window.location.search).get('state') ?? 'ledger';

const ledger: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'ledger',
    annotations: {
      'dojo/repository': 'file:ledger.git',
      'dojo/image': 'ghcr.io/acme/ledger',
    },
  },
};

const fetchAnswer: typeof fetch = async input => {
  const { pathname, search } = new URL(String(input));
  if (state === 'loading') return new Promise(() => {});
  if (state === 'missing') return new Response('Not found', { status: 404 });
  if (state === 'absent') {
    const dojo = {
      code: 'COMPONENT_NOT_FOUND',
      kind: 'not-found',
      message: 'component:default/ledger is not known',
    };
    return Response.json({ error: { dojo } }, { status: 404 });
  }
  return Response.json(answerOf(state, `${pathname}${search}`));
};

const answers = createFrontendModule({
  pluginId: 'app',
  extensions: [
    ApiBlueprint.make({
      name: 'fetch',
      params: define =>
        define({
          api: fetchApiRef,
          deps: {},
          factory: () => ({ fetch: fetchAnswer }),
        }),
    }),
  ],
});

/** Somebody without a session: no backend is there to give one. */
const developer: IdentityApi = {
  getProfileInfo: async () => ({ displayName: 'Developer' }),
  getBackstageIdentity: async () => ({
    type: 'user',
    userEntityRef: 'user:default/developer',
    ownershipEntityRefs: ['user:default/developer'],
  }),
  getCredentials: async () => ({}),
  signOut: async () => {},
};

function SignedIn(props: {
  readonly onSignInSuccess: (identity: IdentityApi) => void;
}) {
  const { onSignInSuccess } = props;
  useEffect(() => onSignInSuccess(developer), [onSignInSuccess]);
  return null;
}

const signIn = createFrontendModule({
  pluginId: 'app',
  extensions: [
    SignInPageBlueprint.make({ params: { loader: async () => SignedIn } }),
  ],
});

const page = createFrontendPlugin({
  pluginId: 'dojo-dev',
  extensions: [
    PageBlueprint.make({
      params: {
        path: '/',
        noHeader: true,
        loader: async () => (
          <main style={{ padding: '1rem clamp(0.75rem, 2vw, 1.5rem)' }}>
            <EntityProvider entity={ledger}>
              <DeliveryTab />
            </EntityProvider>
          </main>
        ),
      },
    }),
  ],
});

const selectedTemplate = createRouteRef({
  params: ['namespace', 'templateName'],
});
const ongoingTask = createRouteRef({ params: ['taskId'] });
const formOf = (
  name: string,
  path: string,
  routeRef: typeof selectedTemplate | typeof ongoingTask,
) =>
  PageBlueprint.make({
    name,
    params: { path, routeRef, loader: async () => <h1>{name}</h1> },
  });
const scaffolder = createFrontendPlugin({
  pluginId: 'scaffolder',
  routes: { selectedTemplate, ongoingTask },
  extensions: [
    formOf(
      'form',
      '/create/templates/:namespace/:templateName',
      selectedTemplate,
    ),
    formOf('task', '/create/tasks/:taskId', ongoingTask),
  ],
});

const app = createApp({
  features: [answers, signIn, dojoPlugin, page, scaffolder],
});

ReactDOM.createRoot(document.getElementById('root')!).render(app.createRoot());
