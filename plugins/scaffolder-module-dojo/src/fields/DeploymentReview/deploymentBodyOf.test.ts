import { deploymentBodyOf } from './deploymentBodyOf';

const place = { component: 'component:default/ledger', environment: 'dev' };
const all = {
  ...place,
  version: 'v0.3.0',
  promoteFrom: 'staging',
  rollbackTo: 'previous',
  host: 'ledger.test',
  storage: { size: '2Gi', class: '' },
  review: { planHash: 'x' },
};

describe('deploymentBodyOf', () => {
  it.each([
    undefined,
    {},
    place,
    { ...place, version: '' },
    { ...place, version: 7 },
    { ...place, intent: 'promote', version: 'v0.3.0' },
    { ...all, component: '' },
    { ...all, environment: undefined },
  ])('has no body for %j', formData => {
    expect(deploymentBodyOf(formData)).toBeUndefined();
  });

  it.each([
    [undefined, { version: 'v0.3.0' }],
    ['version', { version: 'v0.3.0' }],
    ['promote', { promoteFrom: 'staging' }],
    ['rollback', { rollbackTo: 'previous' }],
    ['prepare', { prepare: true }],
    ['no such thing', { version: 'v0.3.0' }],
    ['constructor', { version: 'v0.3.0' }],
  ])('takes for %s what it needs, and nothing else', (intent, wish) => {
    expect(deploymentBodyOf({ ...all, intent })).toEqual({ ...place, ...wish });
  });

  it('brings a former overlay back beside a version alone', () => {
    const form = { ...all, restore: true };
    expect(deploymentBodyOf({ ...form, intent: 'version' })).toEqual({
      ...place,
      version: 'v0.3.0',
      restore: true,
    });
    expect(deploymentBodyOf({ ...form, intent: 'promote' })).toEqual({
      ...place,
      promoteFrom: 'staging',
    });
  });

  it('takes host and storage where the form says so, and not to go back', () => {
    const form = { ...all, overlay: true };
    expect(deploymentBodyOf(form)).toMatchObject({
      host: 'ledger.test',
      storage: { size: '2Gi' },
    });
    expect(deploymentBodyOf({ ...form, intent: 'rollback' })).toEqual({
      ...place,
      rollbackTo: 'previous',
    });
  });

  it('takes what the overlay says where the template is for that', () => {
    expect(deploymentBodyOf(all, { overlay: true })).toEqual({
      ...place,
      version: 'v0.3.0',
      host: 'ledger.test',
      storage: { size: '2Gi' },
    });
    expect(
      deploymentBodyOf(
        { ...all, host: '', storage: { class: 'fast' } },
        { overlay: true },
      ),
    ).toEqual({ ...place, version: 'v0.3.0' });
  });
});
