import { sentenceOf } from './sentenceOf';

describe('sentenceOf', () => {
  it.each([
    [
      'the notes of ledger could not be read',
      'The notes of ledger could not be read',
    ],
    ['a pod of v0.3.0 runs still', 'A pod of v0.3.0 runs still'],
    ['you asked for this change', 'You asked for this change'],
    ['image oci:images/ledger is gone', 'Image oci:images/ledger is gone'],
  ])('begins %j with a capital', (message, sentence) => {
    expect(sentenceOf(message)).toBe(sentence);
  });

  it.each([
    'ledger in dev goes from v0.2.0 to v0.3.0',
    'main moved from a41d9e2 to 0c3f77b',
    'the-other in dev is frozen',
    'Fix the errors below',
    '.spec.replicas is owned by helm',
    'a',
    '',
  ])('leaves %j: it is a name, or a sentence already', message => {
    expect(sentenceOf(message)).toBe(message);
  });

  it('says text of others letter by letter', () => {
    expect(sentenceOf('the name \u202e is odd')).toBe('The name \ufffd is odd');
  });
});
