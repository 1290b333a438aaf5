import { runDojo } from '../__testUtils__/run-dojo';

const request = {
  kind: 'migration',
  mode: 'plan',
  request: { database: '/nowhere/l.duckdb' },
  migrations: 'sql',
};

describe('dojo run-request', () => {
  it.each<[string, string, RegExp]>([
    ['nothing', '', /^the request is not valid: it is no JSON document$/],
    ['half a document', '{"kind":', /it is no JSON document$/],
    ['two documents', '{}{}', /it is no JSON document$/],
    ['a list', '[]', /^the request is not valid: Expected object/],
    [
      'no kind',
      '{}',
      /kind: .*'migration' \| 'release' \| 'deployment' \| 'deployment-merge' \| 'database-status'$/,
    ],
    [
      'an unknown kind',
      JSON.stringify({ ...request, kind: 'drop' }),
      /^the request is not valid: kind: .*'migration' \| 'release' \| 'deployment' \| 'deployment-merge' \| 'database-status'$/,
    ],
    [
      'several mistakes',
      JSON.stringify({
        ...request,
        mode: 'force',
        planHash: 'x',
        request: { database: '/l', order: 'dml', argv: [] },
      }),
      /mode: .*request\.order: .*'argv'.*planHash: /,
    ],
    [
      'a migration without its SQL',
      JSON.stringify({ ...request, migrations: undefined }),
      /^the request is not valid: migrations: required/,
    ],
    [
      'more than it may have',
      JSON.stringify({ ...request, migrations: 'x'.repeat(1024 * 1024) }),
      /^the request is not valid: it has more than 1048576 bytes$/,
    ],
  ])('refuses %s with a sentence, in JSON', async (_, stdin, message) => {
    const { code, stdout, stderr } = await runDojo(['run-request'], { stdin });
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: 'INPUT_INVALID',
        kind: 'input',
        message: expect.stringMatching(message),
        hint: expect.any(String),
      },
    });
    expect(stderr).toContain('(INPUT_INVALID)');
  });

  it('reads no further than it may', async () => {
    let given = 0;
    async function* endless() {
      for (;;) {
        given += 1;
        yield Buffer.alloc(1024 * 1024, ' ');
      }
    }
    const { code } = await runDojo(['run-request'], { stdin: endless() });
    expect([code, given]).toEqual([2, 2]);
  });

  it('says what is wrong with its arguments in JSON too', async () => {
    const { code, stdout } = await runDojo(['run-request', '--dry-run']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout).error).toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining("unknown option '--dry-run'"),
    });
  });

  describe('when it is stopped before the request has come', () => {
    it('waits no longer, and has changed nothing', async () => {
      const controller = new AbortController();
      async function* never() {
        controller.abort(new Error('SIGTERM received'));
        await new Promise(() => {});
        yield Buffer.from('');
      }
      const { code, stdout, stderr } = await runDojo(['run-request'], {
        stdin: never(),
        signal: controller.signal,
      });
      expect({ code, stdout, stderr }).toEqual({
        code: 1,
        stdout: '',
        stderr: 'stopped; everything is as it was\n',
      });
    });
  });
});
