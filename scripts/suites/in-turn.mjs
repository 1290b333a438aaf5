/**
 * The output of what runs beside each other, one after the other: of the first that began as it comes, of the others when
 * it is their turn.
 */
export class InTurn {
  #print;
  #waiting = [];

  /** @param print - shows a chunk. */
  constructor(print) {
    this.#print = print;
  }

  /** @returns where one writes to; nobody else's turn comes before `end`. */
  open() {
    const turn = { chunks: [], isOver: false };
    this.#waiting.push(turn);
    return {
      write: chunk => {
        turn.chunks.push(chunk);
        this.#show();
      },
      end: () => {
        turn.isOver = true;
        this.#show();
      },
    };
  }

  #show() {
    while (this.#waiting.length > 0) {
      const [first] = this.#waiting;
      first.chunks.splice(0).forEach(chunk => this.#print(chunk));
      if (!first.isOver) return;
      this.#waiting.shift();
    }
  }
}
