/**
 * The one table of the comparison, in Markdown.
 */

/** @import { Answer } from './question.ts' */

/**
 * @typedef {object} Row
 * @property {string} means
 * @property {string} kernel
 * @property {Answer} answer
 * @property {number} [prepare] milliseconds
 * @property {number} run milliseconds
 * @property {number} [memory] bytes
 */

const invariants = ['I6', 'I13', 'I14', 'I19'];

const head = [
  'means',
  'kernel',
  'states',
  'transitions',
  ...invariants,
  'prepare ms',
  'run ms',
  'states/s',
  'memory kB',
  'run, ours = 1',
  'from nothing, ours = 1',
];

/** @param {number} value */
function short(value) {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** @param {number} value */
const grouped = (value) => Math.round(value).toLocaleString('en');

/**
 * @param {Row} row
 * @param {{ readonly run: number, readonly whole: number }} [ours] what ours took on the same space
 */
function cells({ means, kernel, answer, prepare, run, memory }, ours) {
  return [
    means,
    kernel,
    grouped(answer.states),
    grouped(answer.transitions),
    ...invariants.map((id) => (answer.broken.includes(id) ? 'broken' : 'holds')),
    prepare === undefined ? '' : short(prepare),
    short(run),
    grouped((answer.states / run) * 1000),
    memory === undefined ? '' : grouped(memory / 1024),
    ours ? short(run / ours.run) : '',
    ours && prepare !== undefined ? short((prepare + run) / ours.whole) : '',
  ];
}

/** @param {readonly (readonly string[])[]} lines */
const markdown = (lines) => lines.map((line) => `| ${line.join(' | ')} |`).join('\n');

/**
 * @param {readonly (readonly Row[])[]} groups rows of one kernel each: ours with the space known, ours from nothing, others
 * @param {readonly Row[]} standard
 */
export function table(groups, standard) {
  const rule = head.map((_, column) => (column < 2 ? '---' : '---:'));
  const compared = groups.flatMap((rows) => {
    const [known, fresh] = rows;
    if (!known || !fresh) return [];
    const ours = { run: known.run, whole: (fresh.prepare ?? 0) + fresh.run };
    return rows.map((row) => cells(row, ours));
  });
  return `${markdown([head, rule, ...compared, ...standard.map((row) => cells(row))])}

- states and transitions: without what is Spin's own, one state and four transitions (the state before a setup is
  chosen, counted as a transition too, and the three choices), and without the same state and choices of xstate/graph
- prepare: ours, a new space's first exploration less a repeated one (in a fresh process: to start Node and load the
  code); Spin, \`spin -a\` and \`gcc -O2 -DSAFETY\`
- run: ours breadth first with verdicts, Spin depth first with \`-c0\`; a median each. pan is run in a loop of one shell
- from nothing: prepare and run together, against ours in a fresh process
- xstate/graph is told which columns count, and drives the chart as the project does, without an actor for every event`;
}
