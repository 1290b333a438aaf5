import { environmentChoices } from './environmentChoices';

const all = [
  { name: 'local', migrates: true, deploys: false },
  { name: 'dev', migrates: false, deploys: true },
  { name: 'bare', migrates: false, deploys: false },
  { name: 'staging', migrates: true, deploys: true, promotesFrom: 'dev' },
];

describe('environmentChoices', () => {
  it.each([
    ['migrate', ['local', 'staging']],
    ['deploy', ['dev', 'staging']],
    ['ship', ['local', 'dev']],
  ] as const)('has for %s those that serve it', (purpose, names) => {
    expect(environmentChoices(all, purpose)).toEqual(names);
  });

  it('has for a promotion the one that the target takes over from', () => {
    expect(environmentChoices(all, 'promote', 'staging')).toEqual(['dev']);
  });
});
