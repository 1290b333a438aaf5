import { parseFreezeWindow } from '../freeze/freeze-window';
import { blocksOf } from './blocks-of';
import type { BlockFacts } from './blocks-of';

const pin = (digit: string) => ({
  name: 'ghcr.io/acme/ledger',
  digest: `sha256:${digit.repeat(64)}`,
});
const v1 = { tag: 'v1.0.0', commit: '1'.repeat(40), images: [pin('1')] };
const v2 = { tag: 'v2.0.0', commit: '2'.repeat(40), images: [pin('2')] };
const frozen = {
  window: parseFreezeWindow('Fri 16:00 - Mon 08:00 UTC'),
  until: new Date('2026-11-30T08:00:00Z'),
};
const rejection = {
  version: 'v2.0.0',
  by: 'user:default/ada',
  at: '2026-11-29T12:00:00.000Z',
  reason: 'wrong time zone value',
};
const fromStaging = { environment: 'staging', isAsked: false };

const facts = (change: Partial<BlockFacts> = {}): BlockFacts => ({
  component: 'ledger',
  environment: 'production',
  intent: 'version',
  version: v2,
  from: v1,
  ...change,
});
const codes = (change: Partial<BlockFacts>) =>
  blocksOf(facts(change)).map(({ code }) => code);

describe('blocksOf', () => {
  it.each<[string, Partial<BlockFacts>, string[]]>([
    ['nothing, where no rule is about it', {}, []],
    ['a freeze window', { frozen }, ['DEPLOY_FROZEN']],
    ['a rejection', { rejection }, ['DEPLOY_VERSION_REJECTED']],
    [
      'a rejection of a first overlay',
      { rejection, from: undefined },
      ['DEPLOY_VERSION_REJECTED'],
    ],
    [
      'all of them, the gravest first',
      { frozen, rejection, promotesFrom: fromStaging },
      ['DEPLOY_VERSION_REJECTED', 'PROMOTION_NEEDED', 'DEPLOY_FROZEN'],
    ],
    [
      'another version than the environment before has',
      { promotesFrom: { ...fromStaging, version: v1 } },
      ['PROMOTION_NEEDED'],
    ],
    [
      'a first overlay of such a version',
      { promotesFrom: { ...fromStaging, version: v1 }, from: undefined },
      ['PROMOTION_NEEDED'],
    ],
    [
      'a promotion from another environment',
      { intent: 'promotion', promotesFrom: { ...fromStaging, version: v1 } },
      ['PROMOTION_NEEDED'],
    ],
    [
      'the same commit with another image',
      {
        version: { ...v2, images: [pin('3')] },
        promotesFrom: { ...fromStaging, version: v2 },
      },
      ['PROMOTION_NEEDED'],
    ],
    [
      'the same commit with no image pinned',
      {
        version: { ...v2, images: [] },
        promotesFrom: { ...fromStaging, version: v2 },
      },
      ['PROMOTION_NEEDED'],
    ],
    [
      'who asked for a change and merges it',
      { merge: { requestedBy: 'ada', mergedBy: 'ada' } },
      ['DEPLOY_REQUESTER_MERGES'],
    ],
  ])('names %s', (_, change, expected) => {
    expect(codes(change)).toEqual(expected);
  });

  it.each<[string, Partial<BlockFacts>]>([
    ['by freeze and rejection', { frozen, rejection }],
    ['by the order of environments', { promotesFrom: fromStaging }],
  ])('never holds a rollback back %s', (_, change) => {
    expect(codes({ ...change, intent: 'rollback' })).toEqual([]);
  });

  it('lets nobody merge a rollback of their own', () => {
    const merge = { requestedBy: 'ada', mergedBy: 'ada' };
    expect(codes({ intent: 'rollback', merge })).toEqual([
      'DEPLOY_REQUESTER_MERGES',
    ]);
  });

  it.each<[string, Partial<BlockFacts>]>([
    ['a promotion', { promotesFrom: { ...fromStaging, isAsked: true } }],
    [
      'what the environment before has, by its name',
      { promotesFrom: { ...fromStaging, version: v2 } },
    ],
    [
      'that as a first overlay',
      { promotesFrom: { ...fromStaging, version: v2 }, from: undefined },
    ],
    [
      'a change of host or storage alone',
      { version: v1, promotesFrom: { ...fromStaging, version: v2 } },
    ],
    [
      'such a change of a version that was rejected since',
      { version: { ...v2, images: [] }, from: v2, rejection },
    ],
    [
      'a merge by somebody else',
      { merge: { requestedBy: 'ada', mergedBy: 'bob' } },
    ],
    [
      'a merge of what nobody is known to have asked',
      { merge: { mergedBy: 'ada' } },
    ],
  ])('lets in %s', (_, change) => {
    expect(codes(change)).toEqual([]);
  });

  it('says until when, and why', () => {
    expect(blocksOf(facts({ frozen, rejection }))).toEqual([
      {
        code: 'DEPLOY_VERSION_REJECTED',
        message:
          'ledger v2.0.0 was rejected by user:default/ada at 2026-11-29T12:00:00.000Z: wrong time zone value',
        hint: 'Deploy another version, or have the rejection taken back. A rollback is never held back.',
      },
      {
        code: 'DEPLOY_FROZEN',
        message:
          'production is frozen until 2026-11-30T08:00:00.000Z (Fri 16:00 - Mon 08:00 UTC)',
        hint: 'Run it again then. A rollback is never held back.',
        until: '2026-11-30T08:00:00.000Z',
      },
    ]);
  });
});
