import { eferMask } from '#isa/efer.ts';
import { codePointer, pointerStream } from '#machine/code-pointer.ts';
import { factBits, isRegion, region, type FactName } from '#machine/facts.ts';
import { packedFacts } from '#machine/packed.ts';
import { pointerRegisters, type RegisterName } from '#machine/registers.ts';

/** A vCPU of which some bits are known and others not. What is not known is 0 in `values`. */
export interface PartialState {
  readonly values: Uint32Array;
  /** For each fact the bits of it that are known. */
  readonly known: Uint32Array;
}

const columns: ReadonlyMap<FactName, number> = new Map(packedFacts.map((name, index) => [name, index]));

export function columnOf(fact: FactName): number {
  return columns.get(fact)!;
}

/** All bits of each fact. */
export const wholes: Uint32Array = Uint32Array.from(packedFacts, (fact) => {
  const bits = factBits(fact);
  return bits === 32 ? 0xffffffff : 2 ** bits - 1;
});

export function isKnown({ known }: PartialState, fact: FactName): boolean {
  const column = columnOf(fact);
  return known[column] === wholes[column];
}

/** The value of a fact; undefined where not all of it is known. */
export function knownValue(state: PartialState, fact: FactName): number | undefined {
  return isKnown(state, fact) ? state.values[columnOf(fact)]! : undefined;
}

export function setFact({ values, known }: PartialState, fact: FactName, value: number): void {
  const column = columnOf(fact);
  values[column] = value;
  known[column] = wholes[column]!;
}

export function forget({ values, known }: PartialState, fact: FactName): void {
  values[columnOf(fact)] = 0;
  known[columnOf(fact)] = 0;
}

export function copyState({ values, known }: PartialState): PartialState {
  return { values: values.slice(), known: known.slice() };
}

/** Contents of a column that are no small known value, numbered from here on. */
const firstOdd = 0x4000;
const odd = new Map<string, number>();

function letterOf(value: number, known: number, whole: number): number {
  if (known === 0) return 0;
  if (known === whole && value < firstOdd - 1) return value + 1;
  const text = `${value} ${known}`;
  const letter = odd.get(text) ?? firstOdd + odd.size;
  odd.set(text, letter);
  return letter;
}

/** One text for equal states, a letter for each fact; where nothing is known of it, `unknownLetter`. */
export function stateKey({ values, known }: PartialState): string {
  let key = '';
  for (let column = 0; column < values.length; column += 1)
    key += String.fromCharCode(letterOf(values[column]!, known[column]!, wholes[column]!));
  return key;
}

export const unknownLetter = String.fromCharCode(0);

/** What a pointer that is not known could point to: nothing is a choice where the code asks whether there is one. */
const pointers: Readonly<Partial<Record<RegisterName, readonly number[]>>> = {
  nextRip01: [0, codePointer('l1', 1)],
  nextRip02: [0, codePointer('l2', 1)],
  nextRip: [0, codePointer('l2', 1)],
  gotNextRip: [0, codePointer('l2', 1)],
  rip12: [codePointer('l2', 1)],
  gotRip01: [codePointer('l1', 1)],
};

/** Only EFER.SVME counts for what events show; guests are taken to run in long mode. */
const longMode = eferMask('LME') | eferMask('LMA') | eferMask('NX');
const withSvme: readonly number[] = [longMode | eferMask('SVME'), longMode];

/** Values of registers of which code asks more than a bit. */
const choices: Readonly<Partial<Record<RegisterName, readonly number[]>>> = {
  ...pointers,
  efer: [longMode],
  efer01: withSvme,
  efer12: withSvme,
  eferCached: withSvme,
  gotEfer01: withSvme,
  smramEfer: withSvme,
  hsaveEfer: withSvme,
  asid12: [1, 0],
  asid: [1, 0],
  gotAsid: [1, 0],
  cpl01: [0, 3],
  cpl02: [0, 3],
  cpl12: [0, 3],
  smramCpl: [0, 3],
};

/** What the bits of a fact that nobody knows can be, as far as the code tells it apart. */
export function choicesOf(fact: FactName, bits: number): readonly number[] {
  if (isRegion(fact)) return region(fact).states.map((_, index) => index);
  return choices[fact] ?? [0, bits];
}

const pointerColumns: readonly number[] = pointerRegisters.map(columnOf);

/** Of an instruction pointer only the stream counts, and whether there is one: the code has no more instructions. */
export function settlePointers({ values }: PartialState): void {
  for (const column of pointerColumns) {
    const value = values[column]!;
    if (value !== 0) values[column] = codePointer(pointerStream(value), 1);
  }
}
