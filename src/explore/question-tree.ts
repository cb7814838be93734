import { invariant } from '#base/assert.ts';

/** A question: the code of a column. */
class Question<Leaf> {
  readonly column: number;
  readonly answers: (Question<Leaf> | Leaf | undefined)[] = [];

  constructor(column: number) {
    this.column = column;
  }
}

/**
 * What is known of something that depends on a few columns of a row, and on which of them it depends: a tree of
 * questions. Rows that answer alike get the same leaf.
 */
export class QuestionTree<Leaf extends object> {
  private root: Question<Leaf> | Leaf | undefined;

  /** The leaf for a row. Where nobody has asked with such answers yet it is made; `make` notes the columns it asks for. */
  findOr(row: Uint8Array, make: (asked: number[]) => Leaf): Leaf {
    const found = this.find(row);
    if (found) return found;
    const asked: number[] = [];
    const leaf = make(asked);
    this.plant(row, asked, leaf);
    return leaf;
  }

  private find(row: Uint8Array): Leaf | undefined {
    let node = this.root;
    while (node instanceof Question) node = node.answers[row[node.column]!];
    return node;
  }

  /** Hang a leaf below the questions that led to it, in their order. */
  private plant(row: Uint8Array, asked: readonly number[], leaf: Leaf): void {
    let node = this.root;
    let hang = (made: Question<Leaf> | Leaf): void => {
      this.root = made;
    };
    for (const column of asked) {
      if (!(node instanceof Question)) {
        node = new Question<Leaf>(column);
        hang(node);
      }
      invariant(node.column === column, 'the same is asked after the same answers');
      const { answers } = node;
      const answer = row[column]!;
      hang = (made) => {
        while (answers.length <= answer) answers.push(undefined);
        answers[answer] = made;
      };
      node = answers[answer];
    }
    hang(leaf);
  }
}
