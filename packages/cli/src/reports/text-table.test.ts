import { textTable } from './text-table';

describe('textTable', () => {
  it('makes columns as wide as what is in them, and leaves out the empty ones', () => {
    expect(
      textTable(
        [
          { title: 'id' },
          { title: 'flags' },
          { title: 'rows', align: 'right' },
          { title: 'note' },
        ],
        [
          ['0001_core', '', '200,000', 'long'],
          ['0002', '', '7', ''],
        ],
      ),
    ).toEqual([
      '  id            rows  note',
      '  0001_core  200,000  long',
      '  0002             7',
    ]);
  });
});
