import { movedSince } from './movedSince';

describe('movedSince', () => {
  it.each([
    'ConflictError: main moved. Nothing was changed. (PLAN_CHANGED) — Review again.',
    'main moved. Nothing was changed. (PLAN_CHANGED)',
  ])('takes the sentence of %s', message => {
    expect(movedSince(message)).toBe('main moved. Nothing was changed.');
  });

  it.each([
    'ConflictError: it is frozen (DEPLOY_FROZEN) — Wait.',
    'a task (PLAN_CHANGED is no end',
    '',
  ])('has none for %j', message => {
    expect(movedSince(message)).toBeUndefined();
  });
});
