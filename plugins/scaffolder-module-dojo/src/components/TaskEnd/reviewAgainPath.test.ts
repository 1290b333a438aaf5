import { reviewAgainPath } from './reviewAgainPath';

const origin = {
  parameters: { component: 'component:default/ledger', bump: 'auto' },
  templateInfo: { entityRef: 'template:default/ship' },
};

describe('reviewAgainPath', () => {
  it('is the form beside the task, with what was filled in', () => {
    const path = reviewAgainPath('/portal/create/tasks/1-2', origin) ?? '';
    const [form, formData] = path.split('?formData=');
    expect(form).toBe('/portal/create/templates/default/ship');
    expect(JSON.parse(decodeURIComponent(formData))).toEqual(origin.parameters);
  });

  it.each([
    ['of no task', '/create/templates', origin],
    ['of a task of no template', '/create/tasks/1', { parameters: {} }],
  ])('is not there on a page %s', (_, path, task) => {
    expect(reviewAgainPath(path, task)).toBeUndefined();
  });
});
