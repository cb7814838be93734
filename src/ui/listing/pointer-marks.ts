import type { View } from '#session/derive.ts';
import type { ListPointer } from '#session/listing.ts';

/** A pointer to draw, with the kernels that have it; none named where all agree. */
export interface Mark extends ListPointer {
  readonly kernels: readonly string[];
  /** It is the pointer of the focused kernel. */
  readonly focused: boolean;
}

const keyOf = ({ list, index, context }: ListPointer): string => `${list} ${index} ${context}`;

/** The pointers of the focused kernel, and the current ones of kernels that stand elsewhere. */
export function marksOf(
  views: readonly View[],
  focus: number,
  pointersOf: (view: View) => readonly ListPointer[],
): readonly Mark[] {
  const current = views.map((view) => ({
    kernel: view.kernel,
    pointer: pointersOf(view).find(({ kind }) => kind === 'current'),
  }));
  const places = new Set(current.map(({ pointer }) => pointer && keyOf(pointer)));
  const differ = places.size > 1;
  const at = (pointer: ListPointer): readonly string[] =>
    differ
      ? current
          .filter((one) => one.pointer && keyOf(one.pointer) === keyOf(pointer))
          .map(({ kernel }) => kernel)
      : [];
  const view = views[focus];
  const own = view ? pointersOf(view) : [];
  const ownCurrent = own.find(({ kind }) => kind === 'current');
  const others = new Map(
    current
      .flatMap(({ pointer }) => (pointer ? [pointer] : []))
      .filter((pointer) => !ownCurrent || keyOf(pointer) !== keyOf(ownCurrent))
      .map((pointer) => [keyOf(pointer), pointer]),
  );
  return [
    ...own.map((pointer) => ({
      ...pointer,
      kernels: pointer.kind === 'current' ? at(pointer) : [],
      focused: true,
    })),
    ...[...others.values()].map((pointer) => ({ ...pointer, kernels: at(pointer), focused: false })),
  ];
}
