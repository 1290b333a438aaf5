import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { EntityName } from './EntityName';

const show = (entityRef: string, { hasPages = true } = {}) =>
  renderInTestApp(
    <p data-testid="shown">
      <EntityName entityRef={entityRef} defaultKind="user" />
    </p>,
    hasPages
      ? { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } }
      : {},
  );

describe('EntityName', () => {
  it('says the name, and leads to the page', () => {
    show('user:default/priya');

    const link = screen.getByRole('link', { name: 'priya' });
    expect(link).toHaveAttribute('href', '/catalog/default/user/priya');
    expect(link).toHaveAttribute('title', 'user:default/priya');
  });

  it('says the name alone where the app has no such page', () => {
    show('user:default/priya', { hasPages: false });

    expect(screen.getByTestId('shown')).toHaveTextContent(/^priya$/);
    expect(screen.queryByRole('link')).toBeNull();
  });

  it.each([
    ['Ada <ada@ledger.test>', 'Ada <ada@ledger.test>'],
    ['priya', 'priya'],
    ['data:text/html,a b', 'data:text/html,a b'],
    ['user:default/a\u202eb c', 'user:default/a\ufffdb c'],
    ['', ''],
  ])('says %j as it is: it is no entity', (ref, shown) => {
    show(ref);

    expect(screen.getByTestId('shown')).toHaveTextContent(shown);
    expect(screen.queryByRole('link')).toBeNull();
  });
});
