import fc from 'fast-check';
import { redactLine } from './redact-line';

const seed = 20261129;

describe('redactLine', () => {
  it.each([
    ['PGPASSWORD=hunter2 started', 'PGPASSWORD=[redacted] started'],
    ['{"api_key": "abc def", "port": 1}', '{"api_key": [redacted], "port": 1}'],
    ['Authorization: Bearer abc.def', 'Authorization: [redacted]'],
    ['sent bearer abcdefgh1234', 'sent bearer [redacted]'],
    [
      'GET https://ada:s3cret@db.example/x',
      'GET https://[redacted]@db.example/x',
    ],
    ['jwt eyJhbGciOiJI.eyJzdWIi.c2ln', 'jwt [redacted]'],
    ['used ghp_0123456789012345678901', 'used [redacted]'],
    ['two\u001b[31m\u202elines\n', 'two [31m lines'],
  ])('takes secrets out of %j', (line, expected) => {
    expect(redactLine(line)).toBe(expected);
  });

  it.each([
    'cannot read time zone "Rome"',
    'token bucket is full',
    'listening on http://0.0.0.0:8000',
    'user ada@example.com signed in',
  ])('leaves %j', line => {
    expect(redactLine(line)).toBe(line);
  });

  it(`shows no value of a telling name, whatever stands around (seed ${seed})`, () => {
    const value = fc.stringMatching(/^[A-Za-z0-9]{12,40}$/);
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('password', 'TOKEN', 'client_secret', 'apiKey'),
        fc.constantFrom('=', ': ', '":"', ' = '),
        value,
        (before, name, sign, secret) => {
          expect(redactLine(`${before} ${name}${sign}${secret}`)).not.toContain(
            secret,
          );
        },
      ),
      { seed },
    );
  });
});
