const Sequencer = require('@jest/test-sequencer').default;

/**
 * The files that take longest, longest first. Jest knows durations of former runs alone and goes by size in a fresh
 * clone: a long file that comes last runs while the other cores wait.
 */
const longest = [
  'apply-kill.cluster.test.ts',
  'migrate-kill.proof.test.ts',
  'migrations.growth.test.ts',
  'rollouts.cluster.test.ts',
  'apply.cluster.test.ts',
  'release-kill.proof.test.ts',
  'shipment-recovery.proof.test.ts',
  'replicas.proof.test.ts',
  'serviceFrontend.integration.test.ts',
  'serviceSkeleton.integration.test.ts',
  'deploy-requests.proof.test.ts',
  'deploy-kill.proof.test.ts',
  'outages.cluster.test.ts',
  'lifecycle.cluster.test.ts',
  'hostile-database.integration.test.ts',
  'newService.integration.test.ts',
  'release-history.integration.test.ts',
  'infra-push.integration.test.ts',
  'templateMenuItem.test.tsx',
];

/** Takes the longest files first, the others as Jest does. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = longest.findIndex(name => path.endsWith(`/${name}`));
      return at < 0 ? longest.length : at;
    };
    return super
      .sort(tests)
      .map((test, at) => ({ test, at }))
      .sort((a, b) => rank(a.test) - rank(b.test) || a.at - b.at)
      .map(({ test }) => test);
  }
};
