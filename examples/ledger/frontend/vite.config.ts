import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

/** Where `npm run dev` finds the service: `scripts/run` or the image on this port. */
const SERVICE = process.env.SERVICE_URL ?? 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [vue()],
  server: { proxy: { '/api': SERVICE } },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
  },
});
