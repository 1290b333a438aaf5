import { deploymentDecides } from './__testUtils__/deployment-decides';
import {
  deploymentMessage,
  parseDeploymentMessage,
} from './deployment-message';

const planHash = 'f'.repeat(64);

describe('deploymentMessage', () => {
  it('says what it does, and what it came from', () => {
    expect(
      deploymentMessage(deploymentDecides(), {
        planHash,
        requester: 'ada\nDojo-Plan: 0',
      }),
    ).toBe(
      [
        'deploy(ledger): dev v0.2.0',
        '',
        'Dojo-Component: ledger',
        'Dojo-Environment: dev',
        'Dojo-Version: v0.2.0',
        `Dojo-Base: https://git.example.test/acme/ledger.git//deploy/k8s/base?ref=${'a'.repeat(
          40,
        )}`,
        `Dojo-Image: ghcr.io/acme/ledger@sha256:${'b'.repeat(64)}`,
        'Dojo-Requester: ada Dojo-Plan: 0',
        `Dojo-Plan: ${planHash}`,
        '',
      ].join('\n'),
    );
  });

  it('is read again, also as a forge merges it', () => {
    const decides = deploymentDecides({ intent: 'rollback' });
    const message = deploymentMessage(decides, { planHash });
    const expected = {
      planHash,
      component: 'ledger',
      environment: 'dev',
      tag: 'v0.2.0',
      base: decides.base,
      commit: 'a'.repeat(40),
      images: [
        { name: 'ghcr.io/acme/ledger', digest: `sha256:${'b'.repeat(64)}` },
      ],
      isRollback: true,
    };
    expect(message).toMatch(/^deploy\(ledger\): dev back to v0\.2\.0\n/);
    expect(parseDeploymentMessage(message)).toEqual(expected);
    expect(
      parseDeploymentMessage(
        `${message.replaceAll(
          '\n',
          '\r\n',
        )}\r\nCo-authored-by: Ada <ada@x>\r\n`,
      ),
    ).toEqual(expected);
  });

  it.each([
    '',
    'fix: a',
    `Dojo-Plan: ${planHash}`,
    `x\n\nDojo-Base: y//z?ref=v1`,
  ])('takes %j for none of its own', message => {
    expect(parseDeploymentMessage(message)).toBeUndefined();
  });
});
