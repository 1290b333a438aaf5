import {
  ledgerDelivery,
  ledgerHistory,
} from 'backstage-plugin-dojo-common/testUtils';
import { fitDelivery } from './fitDelivery';

describe('fitDelivery', () => {
  const bytes = (value: object) => Buffer.byteLength(JSON.stringify(value));
  const small = () => {
    const { actions, ...delivery } = ledgerDelivery();
    return { ...delivery, actions: actions.map(({ to, ...rest }) => rest) };
  };

  it('leaves what is small enough as it is', () => {
    const answer = { delivery: small() };
    expect(fitDelivery(answer)).toBe(answer);
  });

  it('cuts until an agent can use it, and says what it left out', () => {
    const delivery = small();
    const line = delivery.lines[0];
    const commits = Array.from({ length: 20 }, () => ({
      ...line.commits[0],
      subject: 'x'.repeat(600),
    }));
    const long = {
      ...delivery,
      lines: [{ ...line, commits, omitted: 3, count: 23 }],
    };
    const fitted = fitDelivery({
      delivery: long,
      history: Array.from({ length: 20 }, () => ledgerHistory().entries[0]),
    });
    expect(bytes(fitted)).toBeLessThanOrEqual(25_000);
    expect(fitted.delivery).toMatchObject({
      lines: [{ count: 23, omitted: 18 }],
    });
  });
});
