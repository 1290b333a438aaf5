import { render, screen } from '@testing-library/react';
import { app } from './App';

describe('app', () => {
  describe('when the backend cannot be reached', () => {
    it('says that the guest could not be signed in, and asks for no click', async () => {
      process.env = {
        NODE_ENV: 'test',
        APP_CONFIG: [
          {
            data: {
              app: { title: 'Dojo Portal' },
              backend: { baseUrl: 'http://127.0.0.1:9' },
            },
            context: 'test',
          },
        ] as unknown as string,
      };

      render(app.createRoot());

      expect(
        await screen.findByText(/You do not appear to be signed in/),
      ).toBeInTheDocument();
      expect(screen.queryByRole('button', { name: 'Enter' })).toBeNull();
    });
  });
});
