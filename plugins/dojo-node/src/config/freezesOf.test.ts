import { ConfigReader } from '@backstage/config';
import type { Config } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { freezesOf, warnOfFreezes } from './freezesOf';
import { readDojoConfig } from './readDojoConfig';

const weekend = 'Fri 16:00 - Mon 08:00 Europe/Rome';
const night = 'Mon 18:00 - Tue 06:00 UTC';

/** A configuration whose files can be changed, as a backend has it. */
function changing(first: JsonObject) {
  let now = new ConfigReader(first);
  const told: (() => void)[] = [];
  const config = new Proxy(now, {
    get(_, key) {
      if (key === 'subscribe') {
        return (onChange: () => void) => told.push(onChange);
      }
      const value = Reflect.get(now, key, now);
      return typeof value === 'function' ? value.bind(now) : value;
    },
  }) as Config;
  return {
    config,
    change(data: JsonObject) {
      now = new ConfigReader(data);
      for (const tell of told) tell();
    },
  };
}

const production = (...freeze: string[]): JsonObject => ({
  dojo: { environments: [{ name: 'production', freeze }] },
});

describe('freezesOf', () => {
  it('holds from when it is written, and no longer than that', () => {
    const { config, change } = changing(production());
    const [environment] = readDojoConfig(config).environments;
    expect(environment.freeze).toEqual([]);
    change(production(weekend, night));
    expect(environment.freeze).toEqual([weekend, night]);
    change({ dojo: { environments: [] } });
    expect(environment.freeze).toBeUndefined();
  });

  it('keeps those before where the new ones cannot be read, and says so once a change', () => {
    const { config, change } = changing(production(weekend));
    const warn = jest.fn();
    warnOfFreezes(config, { warn });
    const freezes = freezesOf(config, 'production', [weekend]);
    change(production('Someday'));
    expect(freezes()).toEqual([weekend]);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(
      expect.stringMatching(
        /^the freezes of dojo\.environments stay as before: 0\.freeze\.0.*Someday/,
      ),
    );
    change(production(night));
    expect(freezes()).toEqual([night]);
    expect(warn).toHaveBeenCalledTimes(1);
  });

  it('is what it began with where nobody tells of changes', () => {
    const freezes = freezesOf(new ConfigReader({}), 'production', [night]);
    expect(freezes()).toEqual([night]);
  });
});
