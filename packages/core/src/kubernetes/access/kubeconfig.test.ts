import { failureCode } from '../__testUtils__/failure-code';
import { selectContext } from './kubeconfig';

const first = {
  file: '/home/a/.kube/config',
  text: `
apiVersion: v1
kind: Config
current-context: dev
contexts:
- {name: dev, context: {cluster: c1, user: u1, namespace: x}}
- {name: bare, context: {cluster: c1}}
- {name: no-cluster, context: {cluster: none, user: u1}}
clusters:
- {name: c1, cluster: {server: 'https://one.test', certificate-authority: ca.pem, unknown: 1}}
users:
- {name: u1, user: {token: secret-1}}
`,
};
const second = {
  file: '/etc/other',
  text: `
current-context: prod
contexts:
- {name: prod, context: {cluster: c2, user: u2}}
- {name: dev, context: {cluster: c2, user: u2}}
clusters:
- {name: c2, cluster: {server: 'https://two.test', insecure-skip-tls-verify: true}}
- {name: c1, cluster: {server: 'https://not-this.test'}}
users:
- {name: u2, user: {exec: {command: get-token, env: null, args: null}}}
- {name: u3, user: null}
`,
};
const errorOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return String(error);
  }
  return '';
};

describe('selectContext', () => {
  it('takes the current context, of several files what the first one has', () => {
    expect(selectContext([first, second], undefined)).toEqual({
      cluster: {
        name: 'c1',
        server: 'https://one.test',
        'certificate-authority': 'ca.pem',
      },
      clusterFile: first.file,
      user: { name: 'u1', token: 'secret-1' },
      userFile: first.file,
    });
    expect(selectContext([second, first], undefined).clusterFile).toBe(
      second.file,
    );
  });

  it('takes the context that is asked for', () => {
    const selected = selectContext([first, second], 'bare');
    expect(selected.user).toEqual({ name: '' });
    expect(failureCode(() => selectContext([first], 'prod'))).toBe(
      'CONTEXT_UNKNOWN',
    );
    expect(errorOf(() => selectContext([first], 'prod'))).toContain(
      'it has: dev, bare, no-cluster',
    );
  });

  it.each([
    ['no YAML', 'a: [secret-1', 'it is no YAML'],
    ['another thing', '- secret-1', 'expected object'],
    ['nothing', '', 'has no current-context'],
    [
      'an unknown cluster',
      first.text.replace('context: dev', 'context: no-cluster'),
      '"none", which is none of its clusters',
    ],
    [
      'a server that is none',
      first.text.replace("'https://one.test'", '3'),
      'cluster "c1": server: expected string',
    ],
    [
      'a token that is none',
      first.text.replace('secret-1', '[secret-1]'),
      'user "u1": token: expected string',
    ],
    [
      'a bomb',
      `a: &a [x]\n${Array.from(
        { length: 9 },
        (_, at) =>
          `${String.fromCharCode(98 + at)}: &${String.fromCharCode(
            98 + at,
          )} [${Array(9)
            .fill(`*${String.fromCharCode(97 + at)}`)
            .join(',')}]`,
      ).join('\n')}`,
      'it is no YAML',
    ],
  ])('refuses %s without quoting the file', (_, text, words) => {
    const run = () => selectContext([{ file: '/f', text }], undefined);
    expect(failureCode(run)).toBe('KUBECONFIG_INVALID');
    expect(errorOf(run)).toContain(words);
    expect(errorOf(run)).not.toContain('secret-1');
  });

  it('takes only true for true', () => {
    const text = second.text.replace('verify: true', 'verify: yes');
    const run = () => selectContext([{ ...second, text }], 'prod');
    expect(errorOf(run)).toContain('insecure-skip-tls-verify');
  });
});
