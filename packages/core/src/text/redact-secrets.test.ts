import fc from 'fast-check';
import { redactSecrets } from './redact-secrets';

const seed = { seed: 20261122, numRuns: 300 };

describe('redactSecrets', () => {
  it('removes every form in which a secret may have travelled', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4, unit: 'grapheme' }), secret => {
        const bytes = Buffer.from(secret);
        const forms = [
          secret,
          bytes.toString('base64'),
          bytes.toString('base64url'),
          encodeURIComponent(secret),
          Buffer.from(`robot:${secret}`).toString('base64'),
        ];
        const redacted = redactSecrets(forms.join(' | '), [secret], ['robot']);
        expect(redacted).toBe(Array(5).fill('[redacted]').join(' | '));
      }),
      {
        ...seed,
        examples: [['pa+ss/w=rd&%'], ['ünïcödé'], ['a.b*c(d)[e]$&$1']],
      },
    );
  });

  it('leaves other text, and what is too short for a secret', () => {
    expect(redactSecrets('to be or not', ['', 'be', 'absent'])).toBe(
      'to be or not',
    );
  });
});
