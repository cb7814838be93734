import { readFileSync } from 'node:fs';
import process from 'node:process';
import { drain } from '#base/drain.ts';
import { fail, ok, type Result } from '#base/result.ts';
import { standard } from '#explore/bounds.ts';
import { check } from '#explore/check.ts';
import { checkJson, diffJson } from '#explore/contract.ts';
import { diff } from '#explore/diff.ts';
import { Space } from '#explore/space.ts';
import type { Kernel } from '#kvm/kernel.ts';
import { kernel, kernelList } from '#kvm/kernels.ts';
import { caseFromTrace } from '#program/conformance/from-trace.ts';
import vocabulary from '#program/conformance/vocabulary.json';
import { programToJson } from '#program/format.ts';
import { problemLine } from '#program/parse.ts';
import { run } from '#program/runner.ts';
import { parseFileText } from '#scenarios/talk-file.ts';
import { parseFormat, printed, split, type Format, type Printed } from './arguments.ts';
import { checkText, diffText } from './explore-text.ts';
import { replayCommand } from './replay-command.ts';
import { reportText } from './report-text.ts';

/**
 * The headless command. Results go to standard output, everything else to standard error.
 * Exit status: 0 done; 1 done, and an invariant is broken or a recording is impossible; 2 unusable input or arguments, with one line `svmscope: WHERE: WHAT`.
 */

interface RunArguments {
  readonly file: string;
  readonly kernels: readonly Kernel[];
  readonly format: Format;
}

const usage = 'svmscope run PROGRAM.json --kernel ID[,ID...]|all [--format json|text]';
const checkUsage = 'svmscope check [--kernel ID[,ID...]|all] [--format json|text]';
const diffUsage = 'svmscope diff ID ID [--format json|text]';
const recordUsage = 'svmscope record TRACE.txt PROGRAM.json --kernel ID [--origin TEXT]';

function parseRun(words: readonly string[]): Result<RunArguments, string> {
  const parts = split(words, ['--kernel', '--format']);
  if (!parts.ok) return parts;
  const { options, rest } = parts.value;
  const [file, ...more] = rest;
  if (file === undefined || more.length > 0) return fail(`arguments: one program is needed: ${usage}`);
  const ids = options.get('--kernel');
  if (ids === undefined) return fail(`--kernel: needed: ${usage}`);
  const kernels = kernelList(ids);
  if (!kernels.ok) return fail(`--kernel: ${kernels.error}`);
  const format = parseFormat(options);
  if (!format.ok) return format;
  return ok({ file, kernels: kernels.value, format: format.value });
}

function readText(file: string): Result<string, string> {
  try {
    return ok(readFileSync(file === '-' ? 0 : file, 'utf8'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'cannot be read';
    return fail(`${file}: ${code}`);
  }
}

function runCommand(words: readonly string[]): Result<Printed, string> {
  const args = parseRun(words);
  if (!args.ok) return args;
  const { file, kernels, format } = args.value;
  const text = readText(file);
  if (!text.ok) return text;
  const given = parseFileText(text.value);
  if (!given.ok) return fail(problemLine(given.error));
  const reports = kernels.map((one) => run(one, given.value.program));
  return ok(
    printed(format === 'json' ? JSON.stringify(reports, null, 2) : reports.map(reportText).join('\n\n')),
  );
}

/** Every named invariant on every kernel asked for. */
function checkCommand(words: readonly string[]): Result<Printed, string> {
  const parts = split(words, ['--kernel', '--format']);
  if (!parts.ok) return parts;
  const { options, rest } = parts.value;
  if (rest.length > 0) return fail(`arguments: "${rest[0]}" is not an option: ${checkUsage}`);
  const kernels = kernelList(options.get('--kernel') ?? 'all');
  if (!kernels.ok) return fail(`--kernel: ${kernels.error}`);
  const format = parseFormat(options);
  if (!format.ok) return format;
  const verdicts = drain(check(new Space(kernels.value, standard), kernels.value));
  const holds = verdicts.every(({ invariants }) => invariants.every(({ verdict }) => verdict !== 'broken'));
  const text = format.value === 'json' ? JSON.stringify(checkJson(verdicts), null, 2) : checkText(verdicts);
  return ok(printed(text, holds));
}

/** Every difference between two kernels. */
function diffCommand(words: readonly string[]): Result<Printed, string> {
  const parts = split(words, ['--format']);
  if (!parts.ok) return parts;
  const { options, rest } = parts.value;
  if (rest.length !== 2) return fail(`arguments: two kernels are needed: ${diffUsage}`);
  const format = parseFormat(options);
  if (!format.ok) return format;
  const [left, right] = rest.map((id) => kernel(id));
  if (!left?.ok) return fail(`arguments: ${left?.error}`);
  if (!right?.ok) return fail(`arguments: ${right?.error}`);
  const space = new Space([...new Set([left.value, right.value])], standard);
  const found = drain(diff(space, left.value, right.value));
  return ok(printed(format.value === 'json' ? JSON.stringify(diffJson(found), null, 2) : diffText(found)));
}

/** A recorded case from the text of a trace: see `src/program/conformance/README.md`. */
function recordCommand(words: readonly string[]): Result<Printed, string> {
  const parts = split(words, ['--kernel', '--origin']);
  if (!parts.ok) return parts;
  const { options, rest } = parts.value;
  const [traceFile, programFile, ...more] = rest;
  if (traceFile === undefined || programFile === undefined || more.length > 0)
    return fail(`arguments: a trace and a program are needed: ${recordUsage}`);
  const id = options.get('--kernel');
  if (id === undefined) return fail(`--kernel: needed: ${recordUsage}`);
  const built = kernel(id);
  if (!built.ok) return fail(`--kernel: ${built.error}`);
  const trace = readText(traceFile);
  if (!trace.ok) return trace;
  const text = readText(programFile);
  if (!text.ok) return text;
  const given = parseFileText(text.value);
  if (!given.ok) return fail(`${programFile}: ${problemLine(given.error)}`);
  const source = {
    program: programToJson(given.value.program),
    kernel: id,
    origin: options.get('--origin') ?? 'a trace whose origin was not given',
  };
  const made = caseFromTrace(trace.value, source, vocabulary);
  return made.ok ? ok(printed(JSON.stringify(made.value))) : fail(`${traceFile}: ${problemLine(made.error)}`);
}

type Command = (words: readonly string[]) => Result<Printed, string> | Promise<Result<Printed, string>>;

const commands: Readonly<Record<string, Command>> = {
  run: runCommand,
  check: checkCommand,
  diff: diffCommand,
  record: recordCommand,
  replay: replayCommand,
};

async function main(words: readonly string[]): Promise<Result<Printed, string>> {
  const [name = '', ...rest] = words;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command)
    return fail(`arguments: unknown command "${name}", one of ${Object.keys(commands).join(' ')}: ${usage}`);
  return command(rest);
}

const result = await main(process.argv.slice(2));
if (result.ok) {
  process.stdout.write(`${result.value.text}\n`);
  if (!result.value.holds) process.exitCode = 1;
} else {
  process.stderr.write(`svmscope: ${result.error}\n`);
  process.exitCode = 2;
}
