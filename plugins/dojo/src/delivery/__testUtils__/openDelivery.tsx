import type { Entity } from '@backstage/catalog-model';
import {
  createFrontendPlugin,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Delivery } from 'backstage-plugin-dojo-common';
import dojoPlugin from '../../index';
import { DeliveryTab } from '../DeliveryTab';
import { type DeliveryAnswers, deliveryBackend } from './deliveryBackend';

const entityOf = (name: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    annotations: { 'dojo/image': 'ghcr.io/acme/ledger' },
  },
});

const selectedTemplate = createRouteRef({
  params: ['namespace', 'templateName'],
});
const ongoingTask = createRouteRef({ params: ['taskId'] });
const scaffolder = createFrontendPlugin({
  pluginId: 'scaffolder',
  routes: { selectedTemplate, ongoingTask },
  extensions: [
    PageBlueprint.make({
      name: 'form',
      params: {
        path: '/create/templates/:namespace/:templateName',
        noHeader: true,
        routeRef: selectedTemplate,
        loader: async () => <h1>The form</h1>,
      },
    }),
    PageBlueprint.make({
      name: 'task',
      params: {
        path: '/create/tasks/:taskId',
        noHeader: true,
        routeRef: ongoingTask,
        loader: async () => <h1>The task</h1>,
      },
    }),
  ],
});

/** Opens the tab of a component; the backend answers with `delivery` and what else is given. */
export function openDelivery(
  delivery: DeliveryAnswers['delivery'],
  answers: Omit<DeliveryAnswers, 'delivery'> & {
    /** Of the address: the environment that a link leads to. */
    readonly hash?: string;
  } = {},
) {
  const { hash = '', ...others } = answers;
  const backend = deliveryBackend({ delivery, ...others });
  const listeners = new Map<
    string,
    (message: { generation: string }) => void
  >();
  const signals = {
    subscribe: (channel: string, listen: never) => {
      listeners.set(channel, listen);
      return { unsubscribe: () => listeners.delete(channel) };
    },
  };
  renderTestApp({
    initialRouteEntries: [`/${hash}`],
    features: [dojoPlugin, scaffolder],
    apis: [
      mockApis.discovery(),
      mockApis.fetch({ baseImplementation: backend.fetch }),
      [signalApiRef, signals],
    ],
    extensions: [
      PageBlueprint.make({
        name: 'delivery-under-test',
        params: {
          path: '/',
          noHeader: true,
          loader: async () => (
            <EntityProvider entity={entityOf(nameOf(delivery))}>
              <DeliveryTab />
            </EntityProvider>
          ),
        },
      }),
    ],
  });
  return { ...backend, listeners, user: userEvent.setup() };
}

function nameOf(delivery: DeliveryAnswers['delivery']): string {
  const known =
    typeof delivery === 'object' ? (delivery as Delivery) : undefined;
  return known && 'title' in known ? known.title : 'ledger';
}

/** The card of the environment whose state is read aloud as `label`. */
export async function findCard(label: string | RegExp) {
  const card = await screen.findByRole('article', { name: label });
  return { card, inCard: within(card) };
}
