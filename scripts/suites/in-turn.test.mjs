import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InTurn } from './in-turn.mjs';

describe('InTurn', () => {
  it('shows the first as it comes, and the others whole, in the order in which they began', () => {
    let shown = '';
    const turns = new InTurn(chunk => (shown += chunk));
    const [a, b, c] = [turns.open(), turns.open(), turns.open()];
    b.write('b1 ');
    a.write('a1 ');
    assert.equal(shown, 'a1 ');
    c.write('c1 ');
    c.end();
    a.write('a2 ');
    assert.equal(shown, 'a1 a2 ');
    a.end();
    assert.equal(shown, 'a1 a2 b1 ');
    b.write('b2 ');
    b.end();
    assert.equal(shown, 'a1 a2 b1 b2 c1 ');
  });

  it('shows at once what begins when nothing else is left', () => {
    let shown = '';
    const turns = new InTurn(chunk => (shown += chunk));
    turns.open().end();
    turns.open().write('late');
    assert.equal(shown, 'late');
  });
});
