import { ensureRights } from './ensure-rights';

const files = new Map<string, object>();
jest.mock('node:fs/promises', () => ({
  ...jest.requireActual('node:fs/promises'),
  stat: async (path: string) => files.get(path),
}));

const owner = { uid: 1000, gid: 100 };

describe('ensureRights', () => {
  it.each<[string, object, boolean]>([
    ['the same user', { ...owner, mode: 0o600 }, true],
    [
      'another user, as nobody else may',
      { uid: 1, gid: 1, mode: 0o600 },
      false,
    ],
    [
      'another user, as its group may read only',
      { uid: 1, gid: 100, mode: 0o640 },
      false,
    ],
    ['another user of the same group', { uid: 1, gid: 100, mode: 0o660 }, true],
    ['another user of another group', { uid: 1, gid: 1, mode: 0o660 }, false],
    ['another user, and everybody may', { uid: 1, gid: 1, mode: 0o666 }, true],
  ])('judges a copy of %s', async (_, copy, passes) => {
    files.set('database', { ...owner, mode: 0o660 });
    files.set('copy', copy);
    const judged = await ensureRights('database', 'copy').then(
      () => undefined,
      error => error.code,
    );
    expect(judged).toBe(passes ? undefined : 'DATABASE_OWNER_LOST');
  });
});
