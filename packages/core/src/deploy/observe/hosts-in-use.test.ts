import { DojoError } from 'backstage-plugin-dojo-common';
import { DeployWorld, image } from '../__testUtils__/deploy-world';
import { hostsInUse } from './hosts-in-use';

const { signal } = new AbortController();
const linkRefused = new DojoError({
  code: 'GIT_FOLDER_ENTRY',
  kind: 'refused',
  message: 'docs is a link',
});
const ingress = (host: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: x}\nspec:\n  rules:\n    - host: ${host}\n`;
const others = {
  'billing/production/ingress.yaml': ingress('Billing.example.test'),
  'receipts/dev/all.yml': `kind: Service\n---\n${ingress('receipts.test')}`,
  'receipts/production/route.yaml':
    'kind: HTTPRoute\nspec:\n  hostnames: [receipts.example.test, r.test]\n',
  'savings/dev/kustomization.yaml':
    '# dojo/prepared: x\n# dojo/host: savings.test\nkind: Kustomization\n',
  // None of these is an overlay's own file, has a host, or can be read.
  'atlas/ingress.yaml': ingress('above.test'),
  'atlas/dev/patches/ingress.yaml': ingress('below.test'),
  'atlas/dev/deployment.yaml': 'kind: Deployment\nspec: {host: d.test}\n',
  'atlas/dev/broken.yaml': `${ingress('broken.test')}\t- [\n`,
  'atlas/dev/notes.md': ingress('notes.test'),
};

describe('hostsInUse', () => {
  it('names the hosts of ingresses, routes and prepared overlays', async () => {
    const { infra } = new DeployWorld();
    infra.commit(others);
    const hosts = await hostsInUse(infra, { branch: 'main', signal });
    expect(
      hosts
        .map(one => `${one.component}/${one.environment} ${one.host}`)
        .sort(),
    ).toEqual([
      'billing/production billing.example.test',
      'receipts/dev receipts.test',
      'receipts/production r.test',
      'receipts/production receipts.example.test',
      'savings/dev savings.test',
    ]);
  });

  it('finds none in an empty repository', async () => {
    const { infra } = new DeployWorld();
    infra.branches.clear();
    expect(await hostsInUse(infra, { signal })).toEqual([]);
  });
});

describe('deploy, where the host is used by another overlay', () => {
  let world: DeployWorld;
  beforeEach(() => {
    world = new DeployWorld();
    world.infra.commit(others);
  });
  const storage = { size: '1Gi' };
  const taken = (host: string, where: string) => ({
    code: 'HOST_TAKEN',
    kind: 'refused',
    message: `${host} is used by ${where}.`,
  });

  it.each([
    ['billing.example.test', 'billing in production'],
    ['receipts.example.test', 'receipts in production'],
    ['savings.test', 'savings in dev'],
  ])(
    'refuses %s before any write, to prepare and to deploy',
    async (host, where) => {
      await expect(
        world.run({ prepare: true, host, storage }),
      ).rejects.toMatchObject(taken(host, where));
      await expect(
        world.run({ version: 'v1.0.0', image, host, storage }),
      ).rejects.toMatchObject(taken(host, where));
      expect(world.infra.pushes).toBe(0);
    },
  );

  it('refuses it for an overlay that has another host, and not its own', async () => {
    await world.first();
    const wish = { version: 'v2.0.0', image };
    await expect(
      world.run({ ...wish, host: 'receipts.test' }),
    ).rejects.toMatchObject(taken('receipts.test', 'receipts in dev'));
    world.infra.commit({
      'copy/dev/ingress.yaml': ingress('ledger.example.test'),
    });
    const { outcome } = await world.run({
      ...wish,
      host: 'ledger.example.test',
    });
    expect(outcome).toBe('deployed');
  });

  it('refuses what somebody took since it was prepared', async () => {
    await world.run({ prepare: true, host: 'ledger.test', storage });
    world.infra.commit({ 'copy/dev/ingress.yaml': ingress('ledger.test') });
    await expect(world.run({ version: 'v1.0.0', image })).rejects.toMatchObject(
      taken('ledger.test', 'copy in dev'),
    );
  });

  it('refuses what somebody took between read and push', async () => {
    let left = 1;
    world.infra.beforePush = () => {
      if (left-- > 0) {
        world.infra.commit({ 'copy/dev/ingress.yaml': ingress('ledger.test') });
      }
    };
    await expect(
      world.run({ prepare: true, host: 'ledger.test', storage }),
    ).rejects.toMatchObject(taken('ledger.test', 'copy in dev'));
    expect(world.infra.text('ledger/dev/kustomization.yaml')).toBeUndefined();
  });

  it('lets one component answer under one name in several places', async () => {
    await world.first();
    const { outcome } = await world.run({
      environment: 'staging',
      promoteFrom: 'dev',
      host: 'ledger.example.test',
      storage,
    });
    expect(outcome).toBe('deployed');
  });

  it('says so where it cannot be looked at', async () => {
    const { files } = world.infra;
    jest.spyOn(world.infra, 'files').mockImplementation(commit => {
      const source = files.call(world.infra, commit);
      return {
        ...source,
        listFiles: async (folder, of) => {
          if (folder !== '.') return source.listFiles(folder, of);
          throw linkRefused;
        },
      };
    });
    const { outcome, plan } = await world.run({
      prepare: true,
      host: 'ledger.test',
      storage,
    });
    expect(outcome).toBe('deployed');
    expect(plan.shows.warnings).toEqual([
      'whether another overlay uses the host ledger.test could not be looked at: docs is a link',
    ]);
  });
});
