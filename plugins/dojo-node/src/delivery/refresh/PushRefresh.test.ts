import { component, startDeliveries } from '../__testUtils__/startDeliveries';
import { PushRefresh } from './PushRefresh';

const of = (address: string) => ({ 'dojo/repository': address });

async function start() {
  const world = await startDeliveries({
    entities: [
      component('ledger', of('file:shop.git')),
      component('receipts', of('file:shop.git')),
      component('other', of('file:other.git')),
    ],
  });
  await world.readAll();
  world.readers.readRepository.mockClear();
  world.readers.readInfra.mockClear();
  return world;
}

describe('PushRefresh', () => {
  it('reads the components of the repository, and no other', async () => {
    const world = await start();
    await world.pushes.read(['file:shop']);
    expect(
      world.readers.readRepository.mock.calls.map(
        ([{ name }]: readonly { name: string }[]) => name,
      ),
    ).toEqual(['ledger', 'receipts']);
    expect(world.readers.readInfra).not.toHaveBeenCalled();
    await world.stop();
  });

  it('reads the overlays of all components once where they are pushed to', async () => {
    const world = await start();
    await world.pushes.read(['file:infra.git']);
    expect(world.readers.readInfra).toHaveBeenCalledTimes(1);
    expect(world.readers.readRepository).not.toHaveBeenCalled();
    await world.stop();
  });

  it('reads nothing of a repository that no component is of, nor of no address', async () => {
    const world = await start();
    await world.pushes.read(['https://github.com/acme/x.git', 'no address']);
    await world.pushes.read([]);
    expect(world.readers.readInfra).not.toHaveBeenCalled();
    expect(world.readers.readRepository).not.toHaveBeenCalled();
    await world.stop();
  });

  it('makes one more reading of all pushes that came while it read', async () => {
    let goOn = () => {};
    const read = jest.fn(
      () => new Promise<void>(resolve => (goOn = () => resolve())),
    );
    const world = await start();
    const pushes = new PushRefresh({
      index: world.index,
      repositories: { read },
      infra: world.infra,
      signal: world.signal,
    });
    const first = pushes.read(['file:other.git']);
    while (read.mock.calls.length < 1) await new Promise(setImmediate);
    await Promise.all([1, 2, 3].map(() => pushes.read(['file:other'])));
    goOn();
    while (read.mock.calls.length < 2) await new Promise(setImmediate);
    goOn();
    await first;
    expect(read).toHaveBeenCalledTimes(2);
    await world.stop();
  });
});
