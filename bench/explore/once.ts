import { exploreAnew } from './ours.ts';

/** One exploration in a process of its own: what it found, and how many milliseconds it took once everything was loaded. */
const id = process.argv[2];
if (id === undefined) throw new Error('name a kernel');
const begun = performance.now();
const { answer, reached } = exploreAnew(id);
const run = performance.now() - begun;
console.log(JSON.stringify({ answer, memory: reached.memory, run }));
