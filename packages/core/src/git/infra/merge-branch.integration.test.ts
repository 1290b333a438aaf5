import { git } from 'dojo-testing';
import { failureOf } from '../../http/__testUtils__/failure-of';
import {
  InfraPlace,
  changeOf,
  reaches,
  signal,
} from './__testUtils__/infra-place';

jest.setTimeout(60_000);

const request = 'dojo/ledger/dev';

describe.each(reaches)('GitInfraRepository %s', reach => {
  let place: InfraPlace;
  let path: string;
  let base: string;
  let tip: string;

  beforeEach(async () => {
    place = new InfraPlace();
    path = place.make([
      {
        message: 'one',
        files: { 'ledger/dev/a': '1', 'ledger/dev/b': '1', 'other/c': '1' },
      },
    ]);
    base = git(path, ['rev-parse', 'main']);
    tip = await (
      await place.open(reach)
    ).pushCommit(
      changeOf(
        { 'ledger/dev/a': '2', 'ledger/dev/b': undefined, 'ledger/dev/d': '2' },
        { branch: request, base, createsBranch: true },
      ),
      signal,
    );
    // Somebody lands something else meanwhile.
    await (
      await place.open(reach)
    ).pushCommit(changeOf({ 'other/c': '2' }, { base }), signal);
  });
  afterEach(() => place.dispose());

  const changes = async (from: string, to: string, cap = 100) =>
    (await place.open(reach)).readChanges(from, to, cap, signal);
  const remove = async (holds: string, branch = request) =>
    (await place.open(reach)).removeBranch(branch, holds, signal);
  const has = (branch: string) =>
    git(path, ['branch', '--list', branch]) !== '';

  it('tells which files differ', async () => {
    await expect(changes(base, tip)).resolves.toEqual([
      'ledger/dev/a',
      'ledger/dev/b',
      'ledger/dev/d',
    ]);
    await expect(changes(tip, tip)).resolves.toEqual([]);
    await expect(
      changes('main', tip).catch(error => error),
    ).resolves.toMatchObject({ code: 'GIT_COMMIT_INVALID' });
    await expect(failureOf(changes(base, tip, 2))).resolves.toMatchObject({
      code: 'GIT_FOLDER_TOO_LARGE',
    });
  });

  it('lands a commit that brings the branch in, over what others landed', async () => {
    const head = git(path, ['rev-parse', 'main']);
    const repository = await place.open(reach);
    await repository.readHead('main', signal);
    await repository.readHistory(tip, '.', 2, signal);
    const landed = await repository.pushCommit(
      changeOf(
        { 'ledger/dev/a': '2', 'ledger/dev/b': undefined, 'ledger/dev/d': '2' },
        { base: head, merges: tip },
      ),
      signal,
    );
    expect(git(path, ['rev-parse', 'main', 'main^1', 'main^2'])).toBe(
      [landed, head, tip].join('\n'),
    );
    expect(git(path, ['ls-tree', '-r', '--name-only', 'main'])).toBe(
      'ledger/dev/a\nledger/dev/d\nother/c',
    );
    expect(git(path, ['show', 'main:other/c'])).toBe('2');
    git(path, ['fsck', '--strict']);
  });

  it('lands it also where nothing of the branch was read before', async () => {
    const head = git(path, ['rev-parse', 'main']);
    const repository = await place.open(reach);
    const landed = await repository.pushCommit(
      changeOf({ 'ledger/dev/a': '2' }, { base: head, merges: tip }),
      signal,
    );
    expect(git(path, ['rev-parse', 'main', 'main^2'])).toBe(
      `${landed}\n${tip}`,
    );
  });

  it('removes a branch that holds what it held, once', async () => {
    await remove(tip);
    expect(has(request)).toBe(false);
    await expect(remove(tip)).resolves.toBeUndefined();
  });

  it('leaves a branch that holds something else', async () => {
    await expect(failureOf(remove(base))).resolves.toMatchObject({
      code: 'GIT_LEASE_LOST',
    });
    expect(has(request)).toBe(true);
  });
});
