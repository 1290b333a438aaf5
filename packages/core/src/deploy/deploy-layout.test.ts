import { DeployWorld, digestOf, image } from './__testUtils__/deploy-world';

const layout = 'oci:images/ledger';

describe('deploy, where images are looked up in an image layout', () => {
  let world: DeployWorld;
  const deployTo = (version: string) =>
    world.run({ version, image: layout, storage: { size: '1Gi' } });
  const text = () => world.infra.text('ledger/dev/kustomization.yaml') ?? '';
  beforeEach(() => {
    world = new DeployWorld();
  });

  it('pins the digest, and keeps the name that a cluster pulls by', async () => {
    const { imageDigest } = await deployTo('v1.0.0');
    expect(imageDigest).toBe(digestOf('1.0.0'));
    expect(text()).toContain(`name: ${image}\n`);
    expect(text()).not.toMatch(/newName|oci:/);
  });

  it('changes that entry for the next version, and goes back', async () => {
    await deployTo('v1.0.0');
    await deployTo('v2.0.0');
    expect(text()).toContain(digestOf('2.0.0'));
    expect(text().match(/name: registry/g)).toHaveLength(1);

    const back = await world.run({ rollbackTo: 'previous', image: layout });
    expect(back).toMatchObject({
      outcome: 'deployed',
      version: 'v1.0.0',
      imageDigest: digestOf('1.0.0'),
    });
    expect(text()).toContain(digestOf('1.0.0'));
    expect((await deployTo('v1.0.0')).outcome).toBe('nothing-to-deploy');
  });

  it('promotes the digest', async () => {
    await deployTo('v1.0.0');
    const { imageDigest } = await world.run({
      environment: 'staging',
      promoteFrom: 'dev',
      image: layout,
      storage: { size: '1Gi' },
    });
    expect(imageDigest).toBe(digestOf('1.0.0'));
  });
});
