import { addCommits, git } from 'dojo-testing';
import type { CommitToMake } from 'dojo-testing';
import { failureOf } from '../http/__testUtils__/failure-of';
import { localReleases } from './__testUtils__/local-release';
import type {
  LocalReading,
  LocalReleases,
} from './__testUtils__/local-release';

jest.setTimeout(60_000);

const readings: readonly LocalReading[] = ['read in place', 'fetched'];
const version = (text: string) => `{"version":"${text}"}\n`;

/** Two components with a line of tags each; since then a feature in one, and a fix and a break in the other. */
const twoComponents: readonly CommitToMake[] = [
  {
    message: 'feat: begin',
    files: {
      'services/api/package.json': version('1.2.0'),
      'services/web/package.json': version('7.0.1'),
      'package.json': version('0.0.0'),
    },
    tag: 'api-v1.2.0',
  },
  { message: 'docs: both', files: { README: '1' }, tag: 'web-v7.0.1' },
  { message: 'fix: the web', files: { 'services/web/a': '1' } },
  { message: 'feat: the api', files: { 'services/api/a': '1' } },
  { message: 'feat!: the web', files: { 'services/web/b': '1' } },
  { message: 'feat!: nothing in either', files: { README: '2' } },
];

describe.each(readings)('release of a component of several, %s', reading => {
  let local: LocalReleases;
  let path: string;
  const subjects = async (folder: string) => {
    const { plan, tag } = await local.release(
      { repository: path, path: folder },
      { dryRun: true },
    );
    return [tag, ...plan.shows.commits.map(({ subject }) => subject)];
  };
  beforeEach(() => {
    local = localReleases(reading);
    path = local.make(twoComponents);
  });
  afterEach(() => local.dispose());

  it('counts what touches its folder, and nothing else', async () => {
    expect(await subjects('services/api')).toEqual([
      'api-v1.3.0',
      'feat: the api',
    ]);
    expect(await subjects('services/web')).toEqual([
      'web-v8.0.0',
      'feat!: the web',
      'fix: the web',
    ]);
  });

  it('releases each by its own files and tags, and once', async () => {
    const api = { repository: path, path: 'services/api' };
    const released = await local.release(api);
    expect(released).toMatchObject({ outcome: 'released', tag: 'api-v1.3.0' });
    expect(released.plan.decides.release?.edits.map(edit => edit.path)).toEqual(
      ['services/api/package.json', 'services/api/CHANGELOG.md'],
    );
    expect(git(path, ['show', 'main:services/api/package.json'])).toBe(
      version('1.3.0').trim(),
    );
    // The head is now the release commit of the other component.
    await expect(
      local.release({ repository: path, path: 'services/web' }),
    ).resolves.toMatchObject({ outcome: 'released', tag: 'web-v8.0.0' });
    await expect(local.release(api)).resolves.toMatchObject({
      outcome: 'already-released',
      version: '1.3.0',
    });
  });

  it('counts a merge where it brought a change to the folder', async () => {
    addCommits(path, [
      {
        message: 'fix: on a branch',
        from: 'api-v1.2.0',
        branch: 'side',
        files: { 'services/api/c': '1' },
      },
    ]);
    const [main, side] = ['main', 'side'].map(name =>
      git(path, ['rev-parse', name]),
    );
    const tree = git(path, ['merge-tree', '--write-tree', main, side]);
    const merge = git(path, [
      ...['commit-tree', tree, '-p', main, '-p', side],
      ...['-m', 'Merge branch side'],
    ]);
    git(path, ['update-ref', 'refs/heads/main', merge]);
    expect(await subjects('services/api')).toEqual([
      'api-v1.3.0',
      'Merge branch side',
      'fix: on a branch',
      'feat: the api',
    ]);
    expect(await subjects('services/web')).toEqual([
      'web-v8.0.0',
      'feat!: the web',
      'fix: the web',
    ]);
  });

  it('begins a line of its own for a component without versions', async () => {
    addCommits(path, [
      { message: 'feat: new', files: { 'services/db/VERSION': '0.2.0\n' } },
    ]);
    expect(await subjects('services/db')).toEqual(['db-v0.2.0', 'feat: new']);
  });

  it('refuses a folder that is not there', async () => {
    const failure = local.release({ repository: path, path: 'services/ap' });
    expect(await failureOf(failure)).toMatchObject({
      code: 'GIT_FOLDER_NOT_FOUND',
    });
  });

  it('refuses to choose a component by itself', async () => {
    expect(await failureOf(local.release({ repository: path }))).toMatchObject({
      code: 'GIT_VERSION_LINES_AMBIGUOUS',
    });
  });

  it('counts everything where only the tags are chosen', async () => {
    await expect(
      local.release({ repository: path, tagPrefix: 'api-v' }, { dryRun: true }),
    ).resolves.toMatchObject({ tag: 'api-v2.0.0' });
  });
});
