import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failureOf } from '../../http/__testUtils__/failure-of';
import { createCommitImages } from '../../oci/layout/create-commit-images';
import { publishService } from '../../service/publish-service';
import { firstMessage } from '../../service/service-mark';
import { createLocalForge } from './create-local-forge';

jest.setTimeout(60_000);

const author = { name: 'Dojo Portal', email: 'dojo@localhost' };
const now = new Date('2026-11-29T12:00:00Z');

describe('publishService over a local forge', () => {
  let root: string;
  let workspace: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dojo-publish-'));
    workspace = join(root, 'workspace');
    mkdirSync(join(workspace, 'src/savings'), { recursive: true });
    mkdirSync(join(workspace, 'empty'));
    mkdirSync(join(root, 'forge'));
    writeFileSync(join(workspace, 'VERSION'), '0.0.0\n');
    writeFileSync(join(workspace, 'src/savings/app.py'), 'print("Grüße")\n');
    writeFileSync(join(workspace, 'run'), '#!/bin/sh\n');
    chmodSync(join(workspace, 'run'), 0o755);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const forge = () => join(root, 'forge');
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      [`--git-dir=${join(forge(), 'savings.git')}`, ...args],
      {
        encoding: 'utf8',
      },
    ).trim();
  const publish = (more: object = {}, signal = new AbortController().signal) =>
    publishService(
      {
        repository: 'file:savings.git',
        image: 'oci:images/savings',
        folder: workspace,
        message: 'feat: begin savings\n',
        author,
        ...more,
      },
      {
        forge: createLocalForge({
          root: forge(),
          temporaryRoot: join(root, 'tmp'),
        }),
        images: createCommitImages({ kind: 'below', path: forge() }),
        clock: { now: () => now },
      },
      { signal },
    );

  it('makes one commit of the files, that git itself finds sound, and its image', async () => {
    const { commit, published, effects } = await publish();
    expect(published).toBe('now');
    expect(effects.map(({ kind }) => kind)).toEqual(['done', 'done']);
    expect(git('fsck', '--strict')).toBe('');
    expect(git('rev-parse', 'main')).toBe(commit);
    expect(git('ls-tree', '-r', '--format=%(objectmode) %(path)', 'HEAD')).toBe(
      '100644 VERSION\n100755 run\n100644 src/savings/app.py',
    );
    expect(git('show', 'HEAD:src/savings/app.py')).toBe('print("Grüße")');
    expect(git('log', '--format=%s %an %ct')).toBe(
      `feat: begin savings Dojo Portal ${now.getTime() / 1_000}`,
    );
    expect(readdirSync(forge()).sort()).toEqual(['images', 'savings.git']);
  });

  it('is the same commit for the same files and date', async () => {
    const { commit } = await publish();
    rmSync(join(forge(), 'savings.git'), { recursive: true });
    expect((await publish()).commit).toBe(commit);
  });

  it('finds what an earlier run made, and makes what is missing of it', async () => {
    const { commit } = await publish({ image: undefined });
    const again = await publish();
    expect(again).toMatchObject({ commit, published: 'before' });
    expect(again.effects.map(({ kind }) => kind)).toEqual([
      'already-done',
      'done',
    ]);
    expect(
      (await publish()).effects.every(({ kind }) => kind === 'already-done'),
    ).toBe(true);
  });

  it('is made once where several make it', async () => {
    const all = await Promise.all([publish(), publish(), publish()]);
    expect(new Set(all.map(({ commit }) => commit)).size).toBe(1);
    expect(git('rev-list', '--count', '--all')).toBe('1');
    expect(readdirSync(forge()).sort()).toEqual(['images', 'savings.git']);
  });

  it('leaves a repository of other files alone', async () => {
    await publish();
    const before = git('show-ref');
    writeFileSync(join(workspace, 'VERSION'), '0.0.1\n');
    const { effects } = await publish();
    expect(effects).toMatchObject([
      { kind: 'failed', error: { code: 'SERVICE_REPOSITORY_TAKEN' } },
      { kind: 'not-attempted' },
    ]);
    expect(git('show-ref')).toBe(before);
  });

  it('takes one of the same service, whose template changed since', async () => {
    const message = firstMessage('savings', 'a'.repeat(64));
    const { commit } = await publish({ message });
    writeFileSync(join(workspace, 'VERSION'), '0.0.1\n');
    expect(await publish({ message })).toMatchObject({
      commit,
      published: 'before',
    });
    const other = firstMessage('savings', 'b'.repeat(64));
    expect((await publish({ message: other })).effects[0].kind).toBe('failed');
  });

  it.each([
    ['a link', () => symlinkSync('/etc/passwd', join(workspace, 'link'))],
    ['a link to a folder', () => symlinkSync('/etc', join(workspace, 'etc'))],
    ['a pipe', () => execFileSync('mkfifo', [join(workspace, 'pipe')])],
    ['a .git', () => mkdirSync(join(workspace, 'src/.GIT'))],
  ])('refuses %s', async (_, spoil) => {
    spoil();
    expect(await failureOf(publish())).toMatchObject({
      code: 'SERVICE_FILES_REFUSED',
    });
    expect(readdirSync(forge())).toEqual([]);
  });

  it('refuses what is too large, and what is too much', async () => {
    truncateSync(join(workspace, 'VERSION'), 2 ** 40);
    const tooLarge = { code: 'SERVICE_FILES_TOO_LARGE' };
    expect(await failureOf(publish())).toMatchObject(tooLarge);
    rmSync(join(workspace, 'VERSION'));
    for (let at = 0; at < 2_001; at += 1) {
      writeFileSync(join(workspace, `${at}`), '');
    }
    expect(await failureOf(publish())).toMatchObject(tooLarge);
    expect(readdirSync(forge())).toEqual([]);
  });

  it('refuses an empty workspace', async () => {
    rmSync(workspace, { recursive: true });
    mkdirSync(workspace);
    expect(await failureOf(publish())).toMatchObject({
      code: 'SERVICE_FILES_REFUSED',
    });
  });

  it.each([
    'file:../savings.git',
    'file:a/savings.git',
    'file:/etc/x.git',
    'file:.git',
    'https://github.com/acme/savings',
    'file:savings',
    'file:-x.git',
  ])('refuses the repository %s', async repository => {
    expect(await failureOf(publish({ repository }))).toMatchObject({
      code: 'SERVICE_REPOSITORY_INVALID',
    });
  });

  it('makes no image outside of the forge', async () => {
    mkdirSync(join(root, 'outside'));
    symlinkSync(join(root, 'outside'), join(forge(), 'images'));
    const { effects } = await publish();
    expect(effects[1]).toMatchObject({
      kind: 'failed',
      error: { code: 'IMAGE_LAYOUT_OUTSIDE_FORGE' },
    });
    expect(readdirSync(join(root, 'outside'))).toEqual([]);
  });

  it('leaves nothing half made where it is stopped', async () => {
    const stopped = AbortSignal.abort(new Error('stopped'));
    await expect(publish({}, stopped)).rejects.toThrow('stopped');
    expect(readdirSync(forge())).toEqual([]);
  });
});
