import { rehearsed } from 'backstage-plugin-dojo-common/testUtils';
import { RehearsalsKept } from './keptRehearsals';

describe('RehearsalsKept', () => {
  it('keeps the last one of each plan, until a new one begins', () => {
    const kept = new RehearsalsKept();
    const told = jest.fn();
    const stop = kept.subscribe(told);
    kept.keep('a', rehearsed({ duration: 1 }));
    kept.keep('a', rehearsed({ duration: 2 }));

    expect(kept.of('a')).toEqual({
      rehearsal: rehearsed({ duration: 2 }),
      at: expect.stringMatching(/^\d{4}-/),
    });
    expect(kept.of('b')).toBeUndefined();
    kept.forget('a');
    kept.forget('a');
    expect(kept.of('a')).toBeUndefined();
    expect(told).toHaveBeenCalledTimes(3);
    stop();
    kept.keep('c', rehearsed());
    expect(told).toHaveBeenCalledTimes(3);
  });

  it('lets the oldest go', () => {
    const kept = new RehearsalsKept();
    for (let plan = 0; plan < 21; plan += 1) kept.keep(`${plan}`, rehearsed());

    expect(kept.of('0')).toBeUndefined();
    expect(kept.of('1')).toBeDefined();
    expect(kept.of('20')).toBeDefined();
  });
});
