import type { Browser } from '@playwright/test';
import { DeliveryTab } from './DeliveryTab';
import { DeployForm } from './DeployForm';
import { signInAs, type PortalUser } from './signInAs';
import { TaskPage } from './TaskPage';

/** The Delivery tab of a component in a browser of its own of one user, with the forms that it leads to. */
export async function openTabAs(
  browser: Browser,
  user: PortalUser,
  { name, baseURL }: { readonly name: string; readonly baseURL: string },
) {
  const context = await browser.newContext({ baseURL });
  await signInAs(context, user);
  const page = await context.newPage();
  const tab = new DeliveryTab(page);
  await tab.open(name);
  return {
    page,
    tab,
    form: new DeployForm(page),
    task: new TaskPage(page),
    end: () => context.close(),
  };
}
