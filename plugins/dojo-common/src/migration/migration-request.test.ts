import { listProblems } from '../parse-input';
import { migrationChoicesSchema } from './migration-request';

describe('migrationChoicesSchema', () => {
  const problemsOf = (deadline: string) => {
    const parsed = migrationChoicesSchema.safeParse({ deadline });
    return parsed.success ? [] : listProblems(parsed.error);
  };

  it.each(['1s', '90s', '86400s', '1440m', '24h'])(
    'takes the deadline %s',
    deadline => {
      expect(problemsOf(deadline)).toEqual([]);
    },
  );

  it.each(['86401s', '1441m', '25h', '9999h'])(
    'refuses the deadline %s, for which nobody waits',
    deadline => {
      expect(problemsOf(deadline)).toEqual([
        'deadline: must not be longer than 24h',
      ]);
    },
  );
});
