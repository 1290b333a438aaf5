import { deliveryChannel } from './delivery-channel';

describe('deliveryChannel', () => {
  it('is the same for each way to write the ref', () => {
    expect(deliveryChannel('Component:default/Ledger')).toBe(
      deliveryChannel('component:default/ledger'),
    );
  });

  it('is the same on every machine', () => {
    expect(deliveryChannel('component:default/ledger')).toMatch(
      /^dojo:delivery:[0-9a-f]{16}$/,
    );
    expect(deliveryChannel('component:default/shop')).not.toBe(
      deliveryChannel('component:default/ledger'),
    );
  });
});
