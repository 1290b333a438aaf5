import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RenderCache } from './render-cache';

const yaml = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n';
const day = 24 * 60 * 60_000;

describe('RenderCache', () => {
  let root: string;
  let command: string;
  let folder: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dojo-render-cache-'));
    command = join(root, 'kustomize');
    folder = join(root, 'kept');
    writeFileSync(command, '\x7fELF');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const files = new Map([
    ['a/kustomization.yaml', '{}'],
    ['a/c.yaml', yaml],
  ]);
  const cache = (now = new Date()) =>
    new RenderCache({ folder, now: () => now });
  const nameOf = (other: Partial<Parameters<RenderCache['nameOf']>[0]> = {}) =>
    cache().nameOf({ command, files, folder: 'a', ...other });
  const keep = async (text = yaml) => {
    const name = await nameOf();
    await cache().keep(name!, text);
    return name!;
  };

  it('has what was kept, for its user alone to read', async () => {
    const name = await keep();
    expect(await cache().read(name)).toBe(yaml);
    expect(readdirSync(folder)).toEqual([name]);
    expect(statSync(folder).mode % 0o1000).toBe(0o700);
    expect(statSync(join(folder, name)).mode % 0o1000).toBe(0o600);
  });

  it('names a render by the files, whatever their order, the folder and the program', async () => {
    const name = await nameOf();
    expect(await nameOf({ files: new Map([...files].reverse()) })).toBe(name);
    const others = [
      await nameOf({ folder: 'b' }),
      await nameOf({ files: new Map([...files, ['a/d', '']]) }),
      await nameOf({ files: new Map([...files, ['a/c.yaml', `${yaml}#`]]) }),
      // The same characters, told apart otherwise.
      await nameOf({
        files: new Map([
          ['a/kustomization.yaml', '{}a/c.yaml'],
          ['a/c.yaml', yaml.slice(0, -10)],
        ]),
      }),
    ];
    writeFileSync(command, '\x7fELF of a later version');
    others.push(await nameOf());
    expect(new Set([name, ...others]).size).toBe(6);
  });

  it('names the version of a program apart from all renders', async () => {
    const name = await cache().versionNameOf(command);
    expect(name).toMatch(/^[0-9a-f]{64}$/);
    expect(name).not.toBe(await nameOf({ folder: '' }));
    writeFileSync(command, '\x7fELF of a later version');
    expect(await cache().versionNameOf(command)).not.toBe(name);
  });

  it('names none of a script, which may hand over to any program, nor of what is not there', async () => {
    writeFileSync(command, '#!/bin/sh\nexec other "$@"\n');
    expect(await nameOf()).toBeUndefined();
    expect(await nameOf({ command: join(root, 'none') })).toBeUndefined();
  });

  it.each(['kind: Secret', "  kind: 'Secret'", 'kind: SecretStore'])(
    'keeps nothing with %s',
    async kind => {
      const name = await keep(`${yaml}---\napiVersion: v1\n${kind}\n`);
      const isSecret = !kind.includes('Store');
      expect((await cache().read(name)) === undefined).toBe(isSecret);
    },
  );

  it.each([
    ['cut short', (file: string) => truncateSync(file, 80)],
    ['empty', (file: string) => truncateSync(file, 0)],
    [
      'changed',
      (file: string) =>
        writeFileSync(file, `${readFileSync(file, 'utf8')}kind: Other\n`),
    ],
  ])('has nothing where the file is %s', async (_, spoil) => {
    const name = await keep();
    spoil(join(folder, name));
    expect(await cache().read(name)).toBeUndefined();
  });

  it('has nothing that is older than a week', async () => {
    const name = await keep();
    const at = Date.now();
    expect(await cache(new Date(at + 6 * day)).read(name)).toBe(yaml);
    expect(await cache(new Date(at + 8 * day)).read(name)).toBeUndefined();
  });

  it('removes the oldest of more than 64, and what a killed run left', async () => {
    await keep();
    const old = (name: string, days: number) => {
      const path = join(folder, name);
      writeFileSync(path, '');
      const at = new Date(Date.now() - days * day);
      utimesSync(path, at, at);
    };
    for (let at = 1; at <= 64; at++)
      old(String(at).padStart(64, '0'), at / 100);
    old(`${'a'.repeat(64)}.h-1`, 8);
    old(`${'b'.repeat(64)}.h-2`, 0);
    const name = await keep();
    const left = readdirSync(folder);
    expect(left).toContain(name);
    expect(left).toContain(`${'b'.repeat(64)}.h-2`);
    expect(left).not.toContain(`${'a'.repeat(64)}.h-1`);
    expect(left).not.toContain('64'.padStart(64, '0'));
    expect(left).toContain('1'.padStart(64, '0'));
  });

  it('keeps nothing where the folder cannot be made', async () => {
    writeFileSync(folder, 'in the way');
    const name = await keep();
    expect(await cache().read(name)).toBeUndefined();
  });
});
