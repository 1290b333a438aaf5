import { createRouter, createWebHistory } from 'vue-router';
import AccountPage from './accounts/AccountPage.vue';
import AccountsPage from './accounts/AccountsPage.vue';
import BudgetPage from './budget/BudgetPage.vue';
import { isMonth, monthOf } from './budget/month';
import NotFoundPage from './ui/NotFoundPage.vue';

/** The pages. The service answers each of these paths with the same index.html (`core/pages.py`). */
export const createAppRouter = () =>
  createRouter({
    history: createWebHistory(),
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
    routes: [
      { path: '/', name: 'accounts', component: AccountsPage },
      {
        path: '/accounts/:id(\\d+)',
        name: 'account',
        component: AccountPage,
        props: route => ({ id: Number(route.params.id) }),
      },
      { path: '/budget', redirect: () => `/budget/${monthOf(new Date())}` },
      {
        path: '/budget/:month',
        name: 'budget',
        component: BudgetPage,
        props: route => ({ month: String(route.params.month) }),
        beforeEnter: to =>
          isMonth(String(to.params.month)) || { path: '/budget' },
      },
      { path: '/:path(.*)*', name: 'not-found', component: NotFoundPage },
    ],
  });
