import { serviceRequestSchema } from 'backstage-plugin-dojo-common';
import type { ServiceRequestInput } from 'backstage-plugin-dojo-common';
import { planService } from './plan-service';
import { serviceMark } from './service-mark';
import type { ServiceState } from './service-state';
import { servicePlaces, serviceValues } from './service-values';

const fields = { name: 'savings', owner: 'accounting' };
const nothing: ServiceState = {
  component: 'absent',
  repository: { kind: 'absent' },
  isOwnerKnown: true,
  isSystemKnown: true,
  infra: 'file:infra.git',
  environments: [
    { name: 'dev', mode: 'commit', migrates: true },
    { name: 'production', mode: 'pull-request', migrates: false },
  ],
  overlays: [],
};
const plan = (
  state: Partial<ServiceState> = {},
  more: Partial<ServiceRequestInput> = {},
  dojo = 'dojo-portal-cli@1.0.0',
) => {
  const request = serviceRequestSchema.parse({ ...fields, ...more });
  const places = servicePlaces(request);
  const values = serviceValues(request, places, dojo);
  return planService({
    request,
    places,
    values,
    state: { ...nothing, ...state },
    toBytes: size => BigInt(parseInt(size, 10)),
  });
};
const markOf = (more: Partial<ServiceRequestInput> = {}) => {
  const request = serviceRequestSchema.parse({ ...fields, ...more });
  return serviceMark(serviceValues(request, servicePlaces(request), 'x@1'));
};
const there = (mark?: string): ServiceState['repository'] => ({
  kind: 'there',
  isPastRelease: false,
  ...(mark !== undefined && { mark }),
});

describe('planService', () => {
  it('says what is made, in order', () => {
    const result = plan();
    expect(result).toMatchObject({ state: 'missing', problems: [] });
    expect(result.plan.shows.reason).toBe(
      'Creates repository savings.git, 2 overlays and release 0.1.0.',
    );
    expect(result.plan.overlays.decides.overlays).toEqual([
      {
        environment: 'dev',
        folder: 'savings/dev',
        mode: 'commit',
        storage: { size: '1Gi' },
        version: '0.1.0',
      },
      {
        environment: 'production',
        folder: 'savings/production',
        mode: 'pull-request',
        storage: { size: '1Gi' },
      },
    ]);
    expect(result.plan.release.decides).toEqual({
      version: '0.1.0',
      tag: 'v0.1.0',
      migrates: 'dev',
      deploys: 'dev',
    });
  });

  it('has a hash for each part, of what that part decides alone', () => {
    const before = plan();
    const after = plan({}, { hosts: [{ environment: 'dev', host: 'a.b' }] });
    expect(after.plan.repository.planHash).toBe(
      before.plan.repository.planHash,
    );
    expect(after.plan.overlays.planHash).not.toBe(
      before.plan.overlays.planHash,
    );
    expect(after.plan.release.planHash).toBe(before.plan.release.planHash);
    expect(after.planHash).not.toBe(before.planHash);
  });

  it('decides the same where an earlier run left something', () => {
    const left = plan({ component: 'ours', repository: there(markOf()) });
    expect(left).toMatchObject({ state: 'published', problems: [] });
    expect(left.planHash).toBe(plan().planHash);
  });

  it('finishes a service of an older portal', () => {
    const left = { component: 'ours', repository: there(markOf()) } as const;
    expect(plan(left, {}, 'dojo-portal-cli@2.0.0').problems).toEqual([]);
  });

  const host = [{ environment: 'dev', host: 'a.example.com' }];
  const overlay = {
    component: 'ledger',
    environment: 'dev',
    hosts: ['a.example.com'],
  };
  const claim = { written: '5', bytes: 5n };
  it.each<
    [
      string,
      Partial<ServiceState>,
      Partial<ServiceRequestInput>,
      string,
      string,
    ]
  >([
    [
      'a component of the name',
      { component: 'other' },
      {},
      'name',
      'SERVICE_NAME_TAKEN',
    ],
    [
      'its entry without a repository of ours',
      { component: 'ours' },
      {},
      'name',
      'SERVICE_NAME_TAKEN',
    ],
    [
      'a repository of the name',
      { repository: there() },
      {},
      'name',
      'SERVICE_REPOSITORY_TAKEN',
    ],
    [
      'one of another form',
      { repository: there(markOf({ description: 'x' })) },
      {},
      'name',
      'SERVICE_REPOSITORY_TAKEN',
    ],
    [
      'an unknown owner',
      { isOwnerKnown: false },
      {},
      'owner',
      'SERVICE_OWNER_UNKNOWN',
    ],
    [
      'an unknown system',
      { isSystemKnown: false },
      { system: 'x' },
      'system',
      'SERVICE_SYSTEM_UNKNOWN',
    ],
    [
      'a host of another',
      { overlays: [overlay] },
      { hosts: host },
      'hosts',
      'SERVICE_HOST_TAKEN',
    ],
    [
      'an unknown environment',
      {},
      { hosts: [{ environment: 'qa', host: 'x.y' }] },
      'hosts',
      'ENVIRONMENT_NOT_FOUND',
    ],
    [
      'a claim that would shrink',
      { overlays: [{ ...overlay, component: 'savings', storage: claim }] },
      { storage: { size: '4' } },
      'storage',
      'SERVICE_STORAGE_SHRINKS',
    ],
    [
      'a namespace that is too long',
      {
        environments: [
          { name: 'x'.repeat(60), mode: 'commit', migrates: false },
        ],
      },
      {},
      'name',
      'DEPLOYMENT_NAME_UNFIT',
    ],
  ])('refuses %s', (_, state, more, field, code) => {
    expect(plan(state, more).problems).toEqual([
      expect.objectContaining({ field, code }),
    ]);
  });

  it('says the name that is taken as the form shows it', () => {
    expect(plan({ component: 'other' }).problems[0].message).toBe(
      'A component named savings exists already.',
    );
  });

  it('lets its own overlay keep its host', () => {
    const own = { ...overlay, component: 'savings' };
    expect(plan({ overlays: [own] }, { hosts: host }).problems).toEqual([]);
  });

  it('names the places of a hosted forge', () => {
    const hosted = plan({}, { forge: 'github', forgeOwner: 'Acme' });
    expect(hosted.plan.repository.decides.values).toMatchObject({
      repository: 'https://github.com/Acme/savings',
      image: 'ghcr.io/acme/savings',
    });
  });
});
