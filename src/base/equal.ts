/** Whether two values that JSON can hold are equal, in whatever order their keys were written. */
export function equalJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const [one, other] = [entriesOf(left), entriesOf(right)];
  const values = new Map(other);
  return (
    one.length === other.length &&
    one.every(([key, value]) => values.has(key) && equalJson(value, values.get(key)))
  );
}

/** What is undefined is not in the JSON. */
const entriesOf = (value: object): readonly (readonly [string, unknown])[] =>
  Object.entries(value).filter(([, one]) => one !== undefined);
