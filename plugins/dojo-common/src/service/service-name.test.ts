import { problemOfServiceName } from './service-name';

describe('problemOfServiceName', () => {
  it.each(['savings', 'savings-2', 'a', 'x'.repeat(40), 'my-tests', 'ledger'])(
    'lets %s be',
    name => expect(problemOfServiceName(name)).toBeUndefined(),
  );

  it.each([
    ['', 'empty'],
    ['x'.repeat(41), '41 characters'],
    ['class', 'Python language'],
    ['match', 'Python language'],
    ['json', "Python's library"],
    ['site', "Python's library"],
    ['test', 'folder of every service'],
    ['tests', 'folder of every service'],
    ['src', 'folder of every service'],
    ['core', 'folder of every service'],
    ['images', 'folder of every service'],
    ['infra', 'folder of every service'],
    ['duckdb', 'made of'],
    ['fastapi', 'made of'],
    ['uvicorn', 'made of'],
    ['default', 'clusters'],
    ['kubernetes', 'clusters'],
    ['kube-system', 'kube-'],
    ['con', 'Windows'],
    ['com1', 'Windows'],
    ['Savings', 'lower-case'],
    ['2savings', 'lower-case'],
    ['-savings', 'lower-case'],
    ['savings-', 'lower-case'],
    ['a--b', 'lower-case'],
    ['a_b', 'lower-case'],
    ['a.b', 'lower-case'],
    ['../etc', 'lower-case'],
    ['a/b', 'lower-case'],
    ['savings\n', 'lower-case'],
    ['sav ings', 'lower-case'],
    ['--upload-pack=x', 'lower-case'],
    ['${{ secrets }}', 'lower-case'],
    ['$(id)', 'lower-case'],
    ["x'; DROP TABLE a", 'lower-case'],
    ['şavings', 'lower-case'],
    ['savings\u0000', 'lower-case'],
    ['{% raw %}', 'lower-case'],
  ])('refuses %j', (name, why) =>
    expect(problemOfServiceName(name)).toContain(why),
  );
});
