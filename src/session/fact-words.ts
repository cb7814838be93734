import { eferNames } from '#isa/efer.ts';
import { exitTraceName } from '#isa/exit-codes.ts';
import { exitReasonName } from '#kvm/words.ts';
import { pointerIndex, pointerStream } from '#machine/code-pointer.ts';
import { isRegion, region, type FactName } from '#machine/facts.ts';
import { pointerRegisters, registers, type RegisterName } from '#machine/registers.ts';

/** What a value of the vCPU says, by the register or local that has it. */

const hex = (value: number): string =>
  value < 0 ? String(value) : value < 10 ? String(value) : `0x${value.toString(16)}`;

const eferWords = (value: number): string => {
  const names = eferNames(value);
  return `${hex(value)}${names.length === 0 ? '' : ` (${names.join(' ')})`}`;
};

const exitWords = (value: number): string => `${hex(value)} (${exitTraceName(value | 0)})`;
const pointerWords = (value: number): string =>
  value === 0 ? '0' : `${pointerStream(value).toUpperCase()}, instruction ${pointerIndex(value)}`;

const pointers: ReadonlySet<string> = new Set([...pointerRegisters, 'next_rip']);
const exits: readonly string[] = ['exitCode', 'exitCode12', 'opcode', 'exit_code'] satisfies readonly (
  | RegisterName
  | 'exit_code'
)[];

/** A value under a name of the model, a register or a local of the code. */
export function valueWords(name: string, value: number): string {
  if (/efer/i.test(name) && name !== 'efer_l2' && !/write|given/i.test(name)) return eferWords(value);
  if (pointers.has(name)) return pointerWords(value);
  if (exits.includes(name)) return exitWords(value);
  if (name === 'exitReason') return exitReasonName(value);
  return hex(value);
}

/** The value of a fact: the state of a region by name, a register as it is best read. */
export function factWords(fact: FactName, value: number): string {
  return isRegion(fact) ? (region(fact).states[value] ?? '?') : valueWords(fact, value);
}

/** What a fact is in the kernel. */
export function aboutFact(fact: FactName): string {
  return isRegion(fact) ? 'state of the chart' : registers[fact].about;
}
