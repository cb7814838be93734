import { fail, ok, type Result } from '#base/result.ts';
import { headOf, type FileHead } from '#browser/file-head.ts';
import { binaries } from '#trace/line-splitter.ts';
import { readLine } from '#trace/lines/read-line.ts';
import { importRecording } from '../recording/importing.ts';
import type { InputKind } from './kinds.ts';

/** Packed otherwise than by gzip: how it begins, decoded as text. */
const packers: readonly (readonly [begins: string, packer: string])[] = [
  ['\u{FFFD}7zXZ\0', 'xz'],
  ['(\u{FFFD}/\u{FFFD}', 'zstd'],
  ['BZh', 'bzip2'],
  ['PK\u{3}\u{4}', 'zip'],
];

/** Of a line so much is looked at. */
const lineStart = 400;

/** Whether a line is a tracer's and nobody else's. */
function isTraceLine(text: string): boolean {
  const kind = readLine(text)?.kind;
  return (kind !== undefined && kind !== 'note' && kind !== 'unknown') || text.startsWith('# tracer: ');
}

const packerOf = ({ text }: FileHead): string | undefined =>
  packers.find(([begins]) => text.startsWith(begins))?.[1];

/** Files of tracers, too, that are no text: reading them says how to make text of them. */
const isRecording = ({ text }: FileHead): boolean =>
  binaries.some(([begins]) => text.startsWith(begins)) ||
  text.split('\n').some((line) => isTraceLine(line.slice(0, lineStart)));

async function take([file]: readonly File[]): Promise<Result<null, string>> {
  if (!file) return fail('no file came with it');
  const packer = packerOf(await headOf(file));
  if (packer !== undefined) return fail(`${file.name}: packed by ${packer}: unpack it, or pack it by gzip`);
  void importRecording(file);
  return ok(null);
}

export const recordingKind: InputKind = {
  id: 'recording',
  title: 'A recording of a real kernel',
  about:
    'Text with kvm events: trace or trace_pipe, trace-cmd report, perf script, function_graph; packed by gzip or not. It is replayed on the chart and held against the model.',
  many: false,
  is: (head) => packerOf(head) !== undefined || isRecording(head),
  take,
};
