import { VueQueryPlugin } from '@tanstack/vue-query';
import { createApp } from 'vue';
import App from './App.vue';
import { createClient } from './api/client';
import { createAppRouter } from './router';
import './styles/tokens.css';
import './styles/base.css';
import './styles/forms.css';
import './styles/lists.css';

createApp(App)
  .use(createAppRouter())
  .use(VueQueryPlugin, { queryClient: createClient() })
  .mount('#app');
