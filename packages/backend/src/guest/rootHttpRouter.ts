import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { isGuestOn } from './isGuestOn';
import { ownHosts } from './ownHosts';
import { isOwnHost, refuseOtherHosts } from './refuseOtherHosts';

/** Backstage's own HTTP server; while the guest is on, it answers to the portal's own `Host` headers only. */
export default rootHttpRouterServiceFactory({
  configure({ app, server, config, applyDefaults }) {
    if (isGuestOn(config)) {
      const own = ownHosts(config);
      app.use(refuseOtherHosts(own));
      let isGuarded = false;
      // Not before somebody else listens: the signals wait for a first upgrade as an ordinary request, which a server that has
      // a listener makes no more, and would listen never. Until then the middleware above sees to it.
      server.on('newListener', event => {
        if (event !== 'upgrade' || isGuarded) return;
        isGuarded = true;
        server.prependListener('upgrade', (request, socket) => {
          if (!isOwnHost(request, own)) socket.destroy();
        });
      });
    }
    applyDefaults();
  },
});
