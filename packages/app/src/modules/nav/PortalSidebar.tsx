import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarSpace,
} from '@backstage/core-components';
import type { NavContentComponentProps } from '@backstage/plugin-app-react';
import { SidebarSearchModal } from '@backstage/plugin-search';
import { RiMenuLine, RiSearchLine, RiUserSettingsLine } from '@remixicon/react';
import { SignInAs } from '../signIn';
import { PortalLogo } from './PortalLogo';

/** Logo, search, the pages of the installed plugins (catalog, deliveries and create first), who is signed in and the settings last. */
export function PortalSidebar(props: NavContentComponentProps) {
  const pages = props.navItems.withComponent(item => (
    <SidebarItem icon={() => item.icon} to={item.href} text={item.title} />
  ));
  // The search box stands for its page.
  pages.take('page:search');
  const catalog = pages.take('page:catalog');
  const deliveries = pages.take('page:dojo/deliveries');
  const create = pages.take('page:scaffolder');
  const settings = pages.take('page:user-settings');
  return (
    <Sidebar>
      <PortalLogo />
      <SidebarGroup label="Search" icon={<RiSearchLine />} to="/search">
        <SidebarSearchModal />
      </SidebarGroup>
      <SidebarDivider />
      <SidebarGroup label="Menu" icon={<RiMenuLine />}>
        {catalog}
        {deliveries}
        {create}
        {pages.rest({ sortBy: 'title' })}
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      <SidebarGroup
        label="Settings"
        icon={<RiUserSettingsLine />}
        to="/settings"
      >
        <SignInAs />
        {settings}
      </SidebarGroup>
    </Sidebar>
  );
}
