import { gzipSync } from 'node:zlib';

import { obstacles } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { intelText, RecordingView, shipped, textFile, traceText } from './pages/recording.ts';

/** What waits for an answer from the model, which takes as long as the machine needs. */
const answered = expect.configure({ timeout: 60_000 });

test.beforeEach(async ({ page, svmscope }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await svmscope.open();
});

test('a recording is opened, its events are gone through, and the run is as it was', async ({
  page,
  svmscope,
}) => {
  const recording = new RecordingView(page);
  const story = await svmscope.story.innerText();
  const text = traceText(500);
  await recording.open(textFile('a.txt', text));
  await expect(recording.file).toHaveText('a.txt');
  const exits = text.split('\n').filter((line) => line.includes(': kvm_exit:')).length;
  await recording.press('Counts');
  const counted = page.getByRole('dialog').getByRole('row').filter({ hasText: 'kvm_exit' });
  await expect(counted.first()).toContainText(`kvm_exit${exits}`);
  await svmscope.press('Escape');
  await recording.events.focus();
  await svmscope.press('ArrowDown');
  await expect(recording.details).toContainText('Event 2 of');
  await expect(recording.details).toContainText('not printed');
  await svmscope.press('r');
  await expect(recording.chosen).toContainText('write EFER c0000080 = 0x1d00');
  await svmscope.press('End', 'r');
  await expect(recording.told).toHaveText('No write of EFER after this event.');
  expect(await obstacles(page)).toEqual([]);
  await recording.press('Close the recording');
  await expect(svmscope.story).toHaveText(story, { useInnerText: true });
});

test('a search says how many match, goes round, lists nothing else, and says what is wrong', async ({
  page,
  svmscope,
}) => {
  const recording = new RecordingView(page);
  await recording.open(textFile('a.txt', traceText(500)));
  await svmscope.press('/');
  await recording.search.fill('reason:msr');
  await expect(recording.told).toHaveText('50 events match');
  await svmscope.press('Enter');
  await expect(recording.told).toHaveText('Match 1 of 50');
  await svmscope.press('Shift+Enter');
  await expect(recording.told).toHaveText('Match 50 of 50');
  await page.getByRole('switch', { name: 'only these' }).click();
  await expect(recording.events).toHaveAttribute('aria-rowcount', '51');
  await recording.search.fill('reason:vmrun');
  await expect(recording.told).toHaveText('reason: "vmrun" does not occur: one of hlt msr');
  await recording.search.fill('jump:gap');
  await expect(recording.told).toHaveText('No event matches.');
});

test('packed by gzip it is the same recording; names of tasks are text', async ({ page }) => {
  const recording = new RecordingView(page);
  const text = traceText(200, '<img src=x onerror=alert(1)>');
  await recording.open(textFile('a.txt.gz', gzipSync(text)));
  await expect(recording.file).toHaveText('a.txt.gz');
  await expect(recording.details).toContainText('<img src=x onerror=alert(1)>');
  await expect(page.locator('img')).toHaveCount(0);
});

test('Escape leaves it open behind the run, and the run steps', async ({ page, svmscope }) => {
  const recording = new RecordingView(page);
  await recording.open(textFile('a.txt', traceText(50)));
  await recording.events.focus();
  await svmscope.press('Escape');
  await expect(recording.bar).toContainText('a.txt is open behind the run');
  await svmscope.press('ArrowRight');
  await expect(svmscope.story).toContainText('Step');
  await page.getByRole('button', { name: 'Back to the recording' }).click();
  await expect(recording.file).toHaveText('a.txt');
});

test('the SVME bug is named with its line, the kernel is found, and a step becomes a run', async ({
  page,
  svmscope,
}) => {
  const recording = new RecordingView(page);
  await recording.open(shipped('events/6.12/S07-l2-clear-svme-no-msrprot'));
  await expect(recording.findings).toContainText('The SVME bug: L2’s code runs as L1');
  const line = /EFER\.SVME at 0x\w+ \(line (\d+)\)/.exec(await recording.findings.innerText())?.[1];
  await recording.press(`Go to line ${line}`);
  await expect(recording.details).toContainText(`line ${line}`);
  await expect(recording.chosen).toContainText('kvm_nested_vmexit');
  await recording.press('Which kernel explains this best?');
  await answered(recording.ranking).toContainText('6.12, 6.12+gif and 7.0 explain it equally well');
  await expect(recording.ranking.getByRole('rowheader').first()).toHaveText('6.12');
  await recording.hold('6.12+v2');
  await answered(recording.mismatches).toContainText('Mismatch 1 of 1');
  await expect(recording.mismatches).toContainText('KVM_EXIT_SHUTDOWN');
  await recording.hold('6.12');
  await expect(recording.mismatches).toBeHidden();
  await answered(recording.step).toContainText('L2 WRMSR EFER');
  await recording.press('Make a program');
  await answered(recording.conformance).toContainText('On 6.12 the program fires the recorded tracepoints');
  await recording.press('Open as a run');
  await expect(svmscope.story).toContainText('WRMSR EFER 0xd00 by L2');
  await recording.press('Back to the recording');
  await expect(recording.ranking).toBeVisible();
  await answered(recording.step).toContainText('L2 WRMSR EFER');
  await recording.press('Close the recording');
  await expect(svmscope.story).toContainText('WRMSR EFER 0xd00 by L2');
});

test('a kernel without the bug is told apart from one with it, both sides shown', async ({ page }) => {
  const recording = new RecordingView(page);
  await recording.open(shipped('events/6.12+v2/S07-l2-clear-svme-no-msrprot'));
  await expect(recording.conformance).toContainText('The events show no bug that is known by its traces.');
  await expect(recording.findings).toBeHidden();
  await recording.hold('6.12');
  await answered(recording.conformance).toContainText('1 step is impossible on it');
  await recording.press('Go to it');
  await expect(recording.chosen).toContainText('Impossible on 6.12');
  const [recorded, model] = await recording.mismatches.getByRole('list').allInnerTexts();
  expect(recorded).toContain('kvm_userspace_exit KVM_EXIT_SHUTDOWN');
  expect(model).toMatch(/kvm_entry$/);
});

test('recorded calls stand beside those of the model, and are the same on their kernel', async ({
  page,
  svmscope,
}) => {
  const recording = new RecordingView(page);
  await recording.open(shipped('function-graph/6.12/S07-l2-clear-svme-no-msrprot'));
  await page.getByRole('button', { name: /^Go to line/ }).click();
  await recording.hold('6.12');
  await answered(recording.step).toContainText(/\d+ functions on both sides, no difference\./);
  await recording.press('In a window of its own');
  const trees = page.getByRole('dialog').getByRole('table');
  await expect(trees.getByRole('row').filter({ hasText: 'svm_leave_nested()' })).toHaveText(
    'svm_leave_nested()=bothsvm_leave_nested()',
  );
  await svmscope.press('Escape');
  expect(await obstacles(page)).toEqual([]);
});

test('a recording of an Intel host is opened, and what the model does not speak of is said', async ({
  page,
}) => {
  const recording = new RecordingView(page);
  await recording.open(textFile('vmx.txt', intelText()));
  await expect(recording.rows.filter({ hasText: 'EPT_VIOLATION' })).toHaveCount(1);
  await recording.hold('7.1');
  await recording.conformance.getByText('What the model does not speak of').click();
  for (const reason of ['EPT_VIOLATION', 'CPUID', 'VMLAUNCH', 'HLT'])
    await answered(recording.conformance.getByText(reason, { exact: true })).toBeVisible();
  await answered(recording.conformance).toContainText('Nothing in the recording is about what 7.1 models.');
});

test('in the dark and on a phone nothing sticks out, and a finding leads to its event', async ({
  page,
  svmscope,
}) => {
  const recording = new RecordingView(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await recording.open(shipped('events/6.12/S07-l2-clear-svme-no-msrprot'));
  await recording.hold('6.12+v2');
  await answered(recording.mismatches).toBeVisible();
  expect(await obstacles(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  for (const tab of ['Events', 'Chart', 'Conformance']) {
    await page.getByRole('tab', { name: tab }).click();
    expect(await svmscope.overflow()).toBe(0);
    expect(await obstacles(page)).toEqual([]);
  }
  await page.getByRole('button', { name: /^Go to line/ }).click();
  await expect(recording.chosen).toContainText('kvm_nested_vmexit');
});

const head = traceText(1).split('\n').slice(0, 3).join('\n');

const hostile: readonly (readonly [what: string, make: string, said: RegExp])[] = [
  ['an empty file', "new File([], 'x.txt')", /x\.txt: nothing that can be opened here/],
  [
    'a binary file',
    "new File([new Uint8Array(100000).map((_, at) => at * 7)], 'x.bin')",
    /nothing that can be opened/,
  ],
  ["a tracer's binary file", "new File(['\\u0017\\bDtracing\\0\\0'], 'trace.dat')", /trace-cmd report/],
  [
    'a recording with zeros in it',
    `new File([${JSON.stringify(`${head}\n\0\0`)}], 'x.txt')`,
    /line 4: a zero byte/,
  ],
  [
    '1 GB without a newline',
    `new File([${JSON.stringify(`${head}\n`)}, ...Array(1024).fill(new Blob(['a'.repeat(1 << 20)]))], 'x.txt')`,
    /line 4: longer than 1 MB/,
  ],
  [
    '1 GB of nothing known',
    "new File(Array(1024).fill(new Blob(['a'.repeat(1 << 20)])), 'x.txt')",
    /nothing that can be/,
  ],
];

for (const [what, make, said] of hostile)
  test(`${what} is refused, and the run still steps`, async ({ page, svmscope }) => {
    await new RecordingView(page).drop(`() => ${make}`);
    await expect(svmscope.notice).toContainText(said);
    await svmscope.press('ArrowRight');
    await expect(svmscope.story).toContainText('Step');
  });

test('packed data that is cut off, broken, or a bomb is refused, and the run still steps', async ({
  page,
  svmscope,
}) => {
  const recording = new RecordingView(page);
  const packed = gzipSync(traceText(50_000));
  const bomb = gzipSync(Buffer.concat([Buffer.from(`${head}\n`), Buffer.alloc(256 << 20, 0x20)]), {
    level: 9,
  });
  for (const [name, content, said] of [
    ['cut.gz', packed.subarray(0, packed.length - 5000), /the gzip data ends too early: at byte \d+/],
    ['zeros.gz', gzipSync(Buffer.alloc(64 << 20)), /nothing that can be opened/],
    ['bomb.gz', bomb, /line 4: longer than 1 MB/],
  ] as const) {
    await recording.open(textFile(name, content));
    await expect(svmscope.notice).toContainText(said);
    await svmscope.notice.getByRole('button', { name: 'Dismiss' }).click();
  }
  await svmscope.press('ArrowRight');
  await expect(svmscope.story).toContainText('Step');
});

test('an import is stopped midway, and another one that fails leaves the open one', async ({
  page,
  svmscope,
}) => {
  const recording = new RecordingView(page);
  await recording.open(textFile('a.txt', traceText(50)));
  await expect(recording.file).toHaveText('a.txt');
  const block = JSON.stringify(traceText(20_000));
  await recording.drop(`() => new File(Array(400).fill(new Blob([${block}])), 'big.txt')`);
  await expect(recording.bar).toContainText(/Reading big\.txt: .* MB of \d+ MB, \d+ %/);
  await recording.press('Stop');
  await expect(recording.bar).toBeHidden();
  await recording.drop(`() => new File([${JSON.stringify(`${head}\n\0`)}], 'x.txt')`);
  await expect(svmscope.notice).toContainText('Nothing was replaced.');
  await expect(recording.file).toHaveText('a.txt');
  await expect(recording.rows.first()).toContainText('kvm_entry');
});
