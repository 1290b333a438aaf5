import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failureOf } from '../deploy/__testUtils__/failure-of';
import { createKustomize } from './create-kustomize';
import { RenderCache } from './render-cache';
import type { KustomizeOptions } from './create-kustomize';

const { signal } = new AbortController();
const files = new Map([
  ['a/b/kustomization.yaml', '{"resources": ["c.yaml"]}'],
  ['a/b/c.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n'],
]);

describe('createKustomize', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dojo-kustomize-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** A program in the place of kustomize; `version` answers that question. */
  const program = (script: string, version = 'echo v5.0.0') => {
    const path = join(root, 'kustomize');
    writeFileSync(
      path,
      `#!${
        process.execPath
      } --no-warnings\nif (process.argv[2] === 'version') { require('node:child_process').execFileSync('/bin/sh', ['-c', ${JSON.stringify(
        version,
      )}], { stdio: 'inherit' }); process.exit(0); }\n${script}\n`,
    );
    chmodSync(path, 0o755);
    return path;
  };
  const build = (options: Partial<KustomizeOptions> = {}, on = signal) =>
    createKustomize({
      path: process.env.PATH ?? '',
      temporaryRoot: root,
      ...options,
    }).build(files, 'a/b', on);

  it('renders with the program of this machine, and leaves nothing behind', async () => {
    expect(await build()).toBe(
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n',
    );
    expect(readdirSync(root)).toEqual([]);
  });

  it('gives it none of the environment, and no program to call', async () => {
    process.env.DOJO_TEST_SECRET = 'hunter2';
    const command = program(
      `process.stdout.write(JSON.stringify({ env: process.env, path: require('node:fs').readdirSync(process.env.PATH) }))`,
    );
    const { env, path } = JSON.parse(await build({ command }));
    delete process.env.DOJO_TEST_SECRET;
    expect(Object.keys(env).sort()).toEqual(
      ['HOME', 'LC_ALL', 'PATH', 'TMPDIR', 'XDG_CONFIG_HOME'].sort(),
    );
    expect(env.HOME.startsWith(root)).toBe(true);
    expect(path).toEqual([]);
  });

  it('asks a program for its version once, as long as it is the same', async () => {
    const cache = { folder: join(root, 'kept') };
    // It prints what it is called with: no version.
    const command = join(root, 'kustomize');
    copyFileSync('/bin/echo', command);
    const code = () => failureOf(() => build({ command, cache }));
    expect(await code()).toContain('KUSTOMIZE_TOO_OLD');
    const renders = new RenderCache(cache);
    const name = await renders.versionNameOf(command);
    await renders.keep(name!, 'v5.0.0');
    expect(await build({ command, cache })).toMatch(/^build \S+\/a\/b\n$/);
    copyFileSync('/bin/cat', command);
    expect(await code()).toContain('KUSTOMIZE_');
  });

  it('tells that its program runs, where it does', async () => {
    const kustomize = createKustomize({
      path: process.env.PATH ?? '',
      temporaryRoot: root,
      cache: { folder: join(root, 'kept') },
    });
    const onRunning = jest.fn();
    await kustomize.build(files, 'a/b', signal, onRunning);
    await kustomize.build(files, 'a/b', signal, onRunning);
    expect(onRunning).toHaveBeenCalledTimes(1);
  });

  it('keeps the version that it was told', async () => {
    const cache = { folder: join(root, 'kept') };
    await build({ cache });
    expect(readdirSync(cache.folder)).toHaveLength(2);
  });

  it('stops what takes too long', async () => {
    const command = program('setInterval(() => {}, 1000)');
    expect(await failureOf(() => build({ command, deadline: 1_500 }))).toBe(
      'KUSTOMIZE_DEADLINE: kustomize did not render the overlay within 1.5 s and was stopped',
    );
    expect(readdirSync(root)).toEqual(['kustomize']);
  });

  it('stops what prints too much', async () => {
    const command = program(
      `for (;;) require('node:fs').writeSync(1, 'x'.repeat(65536))`,
    );
    expect(
      await failureOf(() => build({ command, maxOutput: 1_000_000 })),
    ).toBe(
      'KUSTOMIZE_OUTPUT_TOO_LARGE: kustomize printed more than 1000000 bytes and was stopped',
    );
  });

  it('refuses one that is too old', async () => {
    const command = program(
      '',
      'echo "{Version:kustomize/v4.5.7 GitCommit:x}"',
    );
    expect(await failureOf(() => build({ command }))).toBe(
      `KUSTOMIZE_TOO_OLD: ${command} has kustomize 4.5.7, and 5.0.0 is needed`,
    );
  });

  it('tells what it says without the temporary folder', async () => {
    const command = program(
      `console.error('Error: no such file ' + process.argv[3] + '/x.yaml'); process.exit(1)`,
    );
    expect(await failureOf(() => build({ command }))).toBe(
      'KUSTOMIZE_REFUSED: kustomize does not render the overlay: no such file a/b/x.yaml',
    );
  });

  it('tells that it said nothing', async () => {
    const command = program('process.exit(7)');
    expect(await failureOf(() => build({ command }))).toBe(
      'KUSTOMIZE_FAILED: kustomize ended with code 7 and said nothing',
    );
  });

  it('tells that there is none', async () => {
    expect(await failureOf(() => build({ path: `${root}:relative` }))).toBe(
      'KUSTOMIZE_MISSING: there is neither kustomize nor kubectl on PATH',
    );
    expect(await failureOf(() => build({ command: join(root, 'none') }))).toBe(
      `KUSTOMIZE_MISSING: ${join(root, 'none')} cannot be started`,
    );
  });

  it('ends with its caller', async () => {
    const command = program('setInterval(() => {}, 1000)');
    const stopping = new AbortController();
    const running = build({ command }, stopping.signal);
    stopping.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    expect(readdirSync(root)).toEqual(['kustomize']);
  });
});
