import { fail, ok, type Result } from '#base/result.ts';
import { kernelList } from '#kvm/kernels.ts';
import { rankedKernelIds } from '#trace/align/rank.ts';
import { parseFormat, printed, split, type Printed } from './arguments.ts';
import { replayText } from './replay-text.ts';
import { replayFile } from './replay.ts';

const usage = 'svmscope replay RECORDING.txt [--kernel ID] [--format json|text]';

/** A recording held against the model: on the kernel asked for, else on all, the best first. */
export async function replayCommand(words: readonly string[]): Promise<Result<Printed, string>> {
  const parts = split(words, ['--kernel', '--format']);
  if (!parts.ok) return parts;
  const { options, rest } = parts.value;
  const [file, ...more] = rest;
  if (file === undefined || more.length > 0) return fail(`arguments: one recording is needed: ${usage}`);
  const kernels = kernelList(options.get('--kernel') ?? rankedKernelIds.join(','));
  if (!kernels.ok) return fail(`--kernel: ${kernels.error}`);
  const format = parseFormat(options);
  if (!format.ok) return format;
  const replay = await replayFile(file, kernels.value);
  if (!replay.ok) return replay;
  const text = format.value === 'json' ? JSON.stringify(replay.value, null, 2) : replayText(replay.value);
  return ok(printed(text, replay.value.kernels[0]?.impossible === 0));
}
