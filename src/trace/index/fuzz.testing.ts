import { seededRandom, type Random } from '#base/random.ts';
import { fixture, textSource } from '../source.testing.ts';
import { differences, small } from './index.testing.ts';

/** Lines of every tracer; those of perf are written after its manual, there is no recording of it. */
function realLines(): readonly string[] {
  const names = [
    'events/6.12/S07-l2-clear-svme-no-msrprot',
    'function-graph/6.12/S05-l2-clear-svme-intercepted',
    'trace-cmd/S07-6.12.report',
    'trace-cmd/S07-6.12.report-raw',
    'long/smm_test-6.12',
  ];
  const lines = names.flatMap((name) => new TextDecoder().decode(fixture(name)).split('\n').slice(0, 400));
  const perf = lines.flatMap((line) => {
    const [, task, pid, rest] = /^(.*)-(\d+) +(\[000\].*)$/.exec(line) ?? [];
    return rest === undefined
      ? []
      : [`${task} ${pid} ${rest.replace(/\] \S{5} /, '] ').replace(': kvm_', ':   kvm:kvm_')}`];
  });
  // Newer kernels print what was requested.
  const requests = lines
    .filter((line) => / error_code 0x\w+$/.test(line))
    .map((line, index) => `${line} requests 0x${(0x1_0010_4400n >> BigInt(index % 4)).toString(16)}`);
  const losses = [
    'CPU:0 [LOST 5 EVENTS]',
    '##### CPU 0 buffer started ####',
    ' 0)  vmm-60    =>  kworker-12 ',
  ];
  return [...lines, ...perf, ...requests, ...losses, ...losses];
}

const pieces = [
  ' ',
  '\t',
  '\r',
  '-',
  '-1 [0] 1.0: x: ',
  '|',
  '/* ',
  ' */',
  '{',
  ';',
  ':',
  '[',
  '0x',
  '\u00e9',
  '\u2028',
  'ffffffffffffffff',
  '=',
  '<b>',
  '#',
  '12345678901234567890',
  'EXIT_MSR',
  ' rip 0x1',
  '\ufeff',
];

function mutated(line: string, lines: readonly string[], random: Random): string {
  const at = random.next(line.length + 1);
  const to = at + random.next(8);
  switch (random.next(6)) {
    case 0:
      return line.slice(0, at) + random.pick(pieces) + line.slice(at);
    case 1:
      return line.slice(0, at) + random.pick(pieces) + line.slice(to);
    case 2:
      return line.slice(0, at) + line.slice(to);
    case 3:
      return line.slice(0, at) + random.pick(lines).slice(random.next(40));
    case 4:
      return line.slice(0, at) + String.fromCharCode(1 + random.next(300)) + line.slice(at + 1);
    default:
      return line;
  }
}

/** Texts made of real lines, changed here and there: the same for the same seed. */
function* hostileTexts(seed: number, count: number): Generator<string> {
  const random = seededRandom(seed);
  const lines = realLines();
  for (let index = 0; index < count; index++) {
    const text = Array.from({ length: 2 + random.next(8) }, () => {
      const changes = random.next(4);
      let line = random.pick(lines);
      for (let change = 0; change < changes; change++) line = mutated(line, lines, random);
      return line;
    });
    yield text.join(random.next(20) === 0 ? '\r\n' : '\n');
  }
}

/** Reads so many hostile texts by the index and by the plain reader: what they say differently, with the text. */
export async function fuzz(seed: number, count: number): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const text of hostileTexts(seed, count)) {
    const found = await differences(textSource(text, 1 + (text.length % 300)), small);
    if (found.length > 0) wrong.push(`${found.join('\n')}\n${JSON.stringify(text)}`);
  }
  return wrong;
}
