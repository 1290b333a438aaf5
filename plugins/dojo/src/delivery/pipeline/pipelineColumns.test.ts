import { emptyEnvironment } from 'backstage-plugin-dojo-common/testUtils';
import { pipelineColumns } from './pipelineColumns';

const named = (name: string, promotesFrom?: string) =>
  emptyEnvironment({ name, ...(promotesFrom && { promotesFrom }) });
const names = (...environments: ReturnType<typeof named>[]) =>
  pipelineColumns(environments).map(column => column.map(({ name }) => name));

describe('pipelineColumns', () => {
  it('has one column a promotion, in the order of the configuration', () => {
    expect(
      names(
        named('production', 'staging'),
        named('dev'),
        named('staging', 'dev'),
        named('production-us', 'staging'),
      ),
    ).toEqual([['dev'], ['staging'], ['production', 'production-us']]);
  });

  it('puts those that take any version right after the release', () => {
    expect(names(named('dev'), named('demo'))).toEqual([['dev', 'demo']]);
  });

  it('takes one whose source is not known as one without', () => {
    expect(names(named('dev', 'gone'))).toEqual([['dev']]);
  });

  it('ends on a circle', () => {
    expect(names(named('a', 'b'), named('b', 'a')).flat()).toEqual(['a', 'b']);
  });
});
