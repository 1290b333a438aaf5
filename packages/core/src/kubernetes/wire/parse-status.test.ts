import { parseStatus } from './parse-status';

describe('parseStatus', () => {
  it('has reason, message, name and causes', () => {
    const status = parseStatus({
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict',
      code: 409,
      details: {
        name: 'ledger',
        kind: 'deployments',
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "hotfix"',
            field: '.spec.replicas',
          },
        ],
        retryAfterSeconds: 2,
      },
    });
    expect(status).toEqual({
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict',
      code: 409,
      name: 'ledger',
      causes: [
        {
          reason: 'FieldManagerConflict',
          message: 'conflict with "hotfix"',
          field: '.spec.replicas',
        },
      ],
      retryAfterSeconds: 2,
    });
  });

  it.each([
    undefined,
    null,
    'Status',
    [],
    { kind: 'Pod' },
    { kind: 'Status', details: 3 },
  ])('does not take %j for one', value => {
    expect(parseStatus(value)).toBeUndefined();
  });

  it.each([
    [
      '.spec.template: expected map, got &{[]}',
      [{ field: '.spec.template', message: 'expected map, got &{[]}' }],
    ],
    [
      '.spec.containers[name="a: b"].x: field not declared in schema',
      [{ field: '.spec.containers[name="a: b"].x' }],
    ],
    ['something else', []],
  ])('tells of one field: %s', (problem, causes) => {
    const message = `failed to create typed patch object (shop/web; apps/v1, Kind=Deployment): ${problem}`;
    const status = parseStatus({ kind: 'Status', message, code: 500 });
    expect(status).toMatchObject({ code: 400, causes });
    expect(status?.causes).toHaveLength(causes.length);
  });

  it('tells of fields that their kind does not have as what they are: a bad request', () => {
    const message =
      'failed to create typed patch object (shop/web; apps/v1, Kind=Deployment): errors:\n' +
      '  .spec.replica: field not declared in schema\n' +
      '  .spec.template.spec.containers[name="c"].imag: field not declared in schema';
    expect(parseStatus({ kind: 'Status', message, code: 500 })).toMatchObject({
      code: 400,
      reason: 'BadRequest',
      causes: [
        { field: '.spec.replica' },
        { field: '.spec.template.spec.containers[name="c"].imag' },
      ],
    });
  });

  it('is bounded', () => {
    const cause = { reason: 'r', message: 'x'.repeat(100_000), field: 'f' };
    const status = parseStatus({
      kind: 'Status',
      message: 'y'.repeat(100_000),
      details: { causes: Array(10_000).fill(cause) },
    });
    expect(status?.message).toHaveLength(4_000);
    expect(status?.causes).toHaveLength(100);
    expect(status?.causes[0].message).toHaveLength(4_000);
  });
});
