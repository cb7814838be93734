/** Code as words that can be compared: C that a file spells and C that the model spells. */

const word = /[A-Za-z_]\w*|\d\w*|->|[=!<>]=|&&|\|\||<<|>>|[-+*/%&|^]=|[^\s\w(),;{}]/g;

/** The same code in the words that the model uses: static calls by their target, annotations left out. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/\b(?:kvm_x86_call|KVM_X86_CALL)\s*\(\s*(\w+)\s*\)/g, 'svm_$1'],
  [/\bstatic_call(?:_cond)?\s*\(\s*kvm_x86_(\w+)\s*\)/g, 'svm_$1'],
  [/\bkvm_x86_ops\s*\.\s*nested_ops\s*->\s*(\w+)/g, 'svm_$1'],
  [/\bkvm_x86_ops\s*\.\s*(\w+)/g, 'svm_$1'],
  [/\bCC\s*\(/g, '('],
  [/(?<![\w>]\s*)(?:kvm_)?run\s*->/g, 'vcpu->run->'],
  [/\b(?:un)?likely\s*\(/g, '('],
  [/&\s*svm\s*->\s*vcpu\b/g, 'vcpu'],
  [/\bsvm\s*->\s*vcpu\s*\./g, 'vcpu->'],
  [/\bto_svm\s*\(\s*vcpu\s*\)/g, 'svm'],
];

/** Code without comments as words, in order; brackets, commas and the form of static calls do not count. */
export function wordsOf(code: string): readonly string[] {
  return respelt(code).match(word) ?? [];
}

/** Code in the model's spelling. */
export function respelt(code: string): string {
  return spellings.reduce((text, [from, to]) => text.replace(from, to), code);
}

/** What so many expressions name that it tells little about any. */
const common = new Set(['vcpu', 'svm', 'kvm', 'control', 'arch', 'nested', 'save', 'return', '0', '1']);

function weight(one: string): number {
  if (/^\w/.test(one)) return common.has(one) ? 0.4 : 1;
  return one === '!' ? 0.5 : 0.15;
}

const sum = (words: readonly string[]): number => words.reduce((total, one) => total + weight(one), 0);

/** How alike two pieces of code are, from 0 to 1; 1 only for the same words in the same order. */
export function alike(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) return 0;
  if (left.length === right.length && left.every((one, index) => one === right[index])) return 1;
  if (isPart(left, right)) return Math.max(0.85, ratio(left, right));
  return ratio(left, right);
}

/** Whether the first stands whole in the second, and is more than a name or two that stand everywhere. */
function isPart(part: readonly string[], words: readonly string[]): boolean {
  if (part.length > words.length || sum(part) < 1) return false;
  return words.some((_, at) => part.every((one, index) => one === words[at + index]));
}

/** The weight of what both share, against that of all. */
function ratio(left: readonly string[], right: readonly string[]): number {
  const rest = [...right];
  let shared = 0;
  for (const one of left) {
    const at = rest.indexOf(one);
    if (at < 0) continue;
    rest.splice(at, 1);
    shared += weight(one);
  }
  return Math.min(0.99, (2 * shared) / (sum(left) + sum(right)));
}

/** What only code has: an arrow, a call, an operator between names, a name in capitals, a single name. */
const signs =
  /->|\w\(|[\w\])] (?:[-+&|]?=|[=!<>]=|[&|<>]) |^!|^[A-Z][A-Z0-9]*_[A-Z0-9_]+(?:[, ]|$)|^for \(|^[a-z_]\w*$/;
/** What only prose has: four small words in a row, an apostrophe, an article. */
const prose = /(?:^| )[a-z]+ [a-z]+ [a-z]+ [a-z]+|'|^(?:the|copy) | (?:is|are|takes) /;

/** Whether a node's text is spelt as code, and not told in a few words. */
export function isCode(text: string): boolean {
  return (/^return\b/.test(text) || signs.test(text)) && !prose.test(text);
}
