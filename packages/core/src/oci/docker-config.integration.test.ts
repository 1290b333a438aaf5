import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failureOf } from '../http/__testUtils__/failure-of';
import { readDockerConfig } from './docker-config';

jest.setTimeout(60_000);

const password = 'pa:ss/w+rd';
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('readDockerConfig', () => {
  let folder: string;

  const write = (config: unknown) =>
    writeFile(
      join(folder, 'config.json'),
      typeof config === 'string' ? config : JSON.stringify(config),
    );
  const read = (
    hosts: string[],
    signal: AbortSignal = new AbortController().signal,
  ) =>
    readDockerConfig({
      hosts,
      env: { DOCKER_CONFIG: folder, PATH: `${folder}:${process.env.PATH}` },
      signal,
    });
  /** A credential helper that notes what it is asked. */
  const helper = async (name: string, script: string) => {
    const file = join(folder, `docker-credential-${name}`);
    await writeFile(
      file,
      `#!/bin/sh\necho "$@" >"${folder}/argv"\ncat >"${folder}/stdin"\n${script}\n`,
    );
    await chmod(file, 0o755);
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dojo-docker-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('has none where there is no file', async () => {
    expect(await read(['ghcr.io'])).toEqual([]);
  });

  it('looks in ~/.docker by default', async () => {
    await mkdir(join(folder, '.docker'));
    await writeFile(
      join(folder, '.docker/config.json'),
      JSON.stringify({ auths: { 'ghcr.io': { auth: base64('robot:x') } } }),
    );
    const { signal } = new AbortController();
    expect(
      await readDockerConfig({
        hosts: ['ghcr.io'],
        env: { HOME: folder },
        signal,
      }),
    ).toEqual([{ host: 'ghcr.io', username: 'robot', password: 'x' }]);
  });

  it('reads what docker login left, for the hosts asked for alone', async () => {
    await write({
      auths: {
        'ghcr.io': { auth: base64(`robot:${password}`) },
        'https://index.docker.io/v1/': { auth: base64('hub:x') },
        'https://old.test/v1/': { username: 'old', password: 'y' },
        'acr.test': { auth: base64('00000000:'), identitytoken: 'refresh' },
        'other.test': { auth: base64('other:z') },
        'empty.test': {},
      },
    });
    expect(
      await read([
        'ghcr.io',
        'docker.io',
        'old.test',
        'acr.test',
        'empty.test',
        'none.test',
      ]),
    ).toEqual([
      { host: 'ghcr.io', username: 'robot', password },
      { host: 'docker.io', username: 'hub', password: 'x' },
      { host: 'old.test', username: 'old', password: 'y' },
      { host: 'acr.test', username: '<token>', password: 'refresh' },
    ]);
  });

  it('asks the helper of a host, by argument vector and stdin', async () => {
    await helper('vault', `echo '{"Username":"robot","Secret":"${password}"}'`);
    await write({
      credHelpers: { 'ghcr.io': 'vault' },
      credsStore: 'absent',
    });
    expect(await read(['ghcr.io'])).toEqual([
      { host: 'ghcr.io', username: 'robot', password },
    ]);
    expect(await readFile(join(folder, 'argv'), 'utf8')).toBe('get\n');
    expect(await readFile(join(folder, 'stdin'), 'utf8')).toBe('ghcr.io');
  });

  it('falls back on the file where the helper knows nothing', async () => {
    await helper(
      'store',
      'echo "credentials not found in native keychain"; exit 1',
    );
    await write({
      credsStore: 'store',
      auths: { 'docker.io': { auth: base64('hub:x') } },
    });
    expect(await read(['docker.io'])).toEqual([
      { host: 'docker.io', username: 'hub', password: 'x' },
    ]);
    expect(await readFile(join(folder, 'stdin'), 'utf8')).toBe(
      'https://index.docker.io/v1/',
    );
  });

  it.each([
    ['that fails', `echo '${password}'; exit 3`, 'it ended with 3'],
    ['that talks nonsense', `echo '${password}'`, 'its answer is not JSON'],
  ])(
    'has a sentence for a helper %s, without its words',
    async (_, script, problem) => {
      await helper('vault', script);
      await write({ credsStore: 'vault' });
      const error = await failureOf(read(['ghcr.io']));
      expect(error).toMatchObject({
        code: 'CREDENTIAL_HELPER_FAILED',
        message: `docker-credential-vault gave no credentials for ghcr.io: ${problem}`,
      });
      expect(`${error.stack} ${error.cause}`).not.toContain(password);
    },
  );

  it('says so where the helper is not installed', async () => {
    await write({ credsStore: 'absent' });
    expect(await failureOf(read(['ghcr.io']))).toMatchObject({
      code: 'CREDENTIAL_HELPER_FAILED',
      message: expect.stringContaining('ENOENT'),
    });
  });

  it('stops the helper when it is aborted', async () => {
    await helper('slow', 'exec sleep 60');
    await write({ credsStore: 'slow' });
    const run = new AbortController();
    const reading = read(['ghcr.io'], run.signal);
    run.abort(new Error('stopped by a person'));
    await expect(reading).rejects.toThrow('stopped by a person');
  });

  it.each(['../evil', 'a b', 'x;y', 'UP'])(
    'starts no helper by the name "%s"',
    async name => {
      await write({ credsStore: name });
      expect(await failureOf(read(['ghcr.io']))).toMatchObject({
        code: 'DOCKER_CONFIG_INVALID',
        kind: 'input',
      });
    },
  );

  it.each([
    [`{"auths": ${password}`, 'it is not JSON'],
    [{ auths: [password] }, 'auths is not as docker writes it'],
    [
      { auths: { 'ghcr.io': { auth: base64('nocolon') } } },
      'the auth of ghcr.io is not user:password',
    ],
  ])(
    'names what is wrong in %j, without its secrets',
    async (config, problem) => {
      await write(config);
      const error = await failureOf(read(['ghcr.io']));
      expect(error).toMatchObject({
        code: 'DOCKER_CONFIG_INVALID',
        message: `${join(folder, 'config.json')}: ${problem}`,
      });
      expect(`${error.stack} ${error.cause}`).not.toContain(password);
    },
  );

  it('says so where the file is none', async () => {
    await mkdir(join(folder, 'config.json'));
    expect(await failureOf(read(['ghcr.io']))).toMatchObject({
      message: `${join(folder, 'config.json')}: it cannot be read`,
    });
  });
});
