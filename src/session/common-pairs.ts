type Same<Left, Right> = (left: Left, right: Right) => boolean;

/** The longest common subsequence of two lists, as pairs of indices. */
export function commonPairs<Left, Right>(
  left: readonly Left[],
  right: readonly Right[],
  same: Same<Left, Right>,
): readonly (readonly [number, number])[] {
  const most = Math.min(left.length, right.length);
  let head = 0;
  while (head < most && same(left[head]!, right[head]!)) head += 1;
  let tail = 0;
  while (tail < most - head && same(left.at(-1 - tail)!, right.at(-1 - tail)!)) tail += 1;
  const inner = commonInside(
    left.slice(head, left.length - tail),
    right.slice(head, right.length - tail),
    same,
  );
  return [
    ...Array.from({ length: head }, (_, at) => [at, at] as const),
    ...inner.map(([row, column]) => [row + head, column + head] as const),
    ...Array.from({ length: tail }, (_, at) => [left.length - tail + at, right.length - tail + at] as const),
  ];
}

/** The same for what is left between a common head and a common tail. */
function commonInside<Left, Right>(
  left: readonly Left[],
  right: readonly Right[],
  same: Same<Left, Right>,
): readonly (readonly [number, number])[] {
  const width = right.length + 1;
  const lengths = new Uint32Array((left.length + 1) * width);
  for (let row = left.length - 1; row >= 0; row -= 1) {
    for (let column = right.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] = same(left[row]!, right[column]!)
        ? lengths[(row + 1) * width + column + 1]! + 1
        : Math.max(lengths[(row + 1) * width + column]!, lengths[row * width + column + 1]!);
    }
  }
  const pairs: [number, number][] = [];
  let row = 0;
  let column = 0;
  while (row < left.length && column < right.length) {
    if (same(left[row]!, right[column]!)) pairs.push([row++, column++]);
    else if (lengths[(row + 1) * width + column]! >= lengths[row * width + column + 1]!) row += 1;
    else column += 1;
  }
  return pairs;
}
