import { obstacles } from './axe.ts';
import { expect, test } from './fixtures.ts';

const program = JSON.stringify({
  format: 'svmscope/program@1',
  title: 'L2 halts',
  host: { nrips: false },
  guest: { efer: ['LME', 'LMA', 'NX', 'SVME'] },
  code: { l1: [{ do: 'VMRUN' }], l2: [{ do: 'HLT' }] },
  userspace: [{ do: 'KVM_RUN' }],
});
const broken = program.replace('HLT', 'HALT');
const whatIsBroken = 'code.l2[0].do: unknown operation "HALT", one of WRMSR RDMSR';

test.beforeEach(async ({ page, svmscope }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await svmscope.open();
});

test('an edited program runs from its beginning, and the way back stays', async ({ svmscope }) => {
  const { editor } = svmscope;
  await editor.open();
  await expect(editor.field('L1')).toBeFocused();
  await editor.field('L2').fill('CPUID # exits\n\nWRMSR EFER 0xd00');
  await editor.title.fill('L2 asks who it is');
  await editor.apply.click();
  await expect(svmscope.program.code('L2')).toContainText('CPUID');
  await expect(svmscope.program.code('L2')).toContainText('WRMSR EFER 0xd00');
  await expect(svmscope.story).toContainText('L2 asks who it is');
  await expect(svmscope.program.current).toContainText('VMRUN');
  await svmscope.press('ArrowRight', 'ArrowRight');
  await expect(svmscope.story).toContainText('CPUID by L2');
  await editor.open();
  await expect(editor.field('L2')).toHaveValue('CPUID # exits\n\nWRMSR EFER 0xd00');
  await editor.cancel.click();
  await editor.back.click();
  await expect(svmscope.program.code('L2')).toContainText('WRMSR EFER SVME=0');
  await expect(svmscope.story).toContainText('Step 1');
  await expect(editor.back).toBeHidden();
});

test('a program that is applied unchanged goes on as it was', async ({ svmscope, page }) => {
  await svmscope.press('ArrowRight', 'e');
  await expect(svmscope.editor.panel).toContainText('No change yet.');
  await svmscope.press('Control+Enter');
  await expect(svmscope.editor.panel).toBeHidden();
  await expect(page.getByRole('button', { name: 'Edit the program' })).toBeFocused();
  await expect(svmscope.story).toContainText('Step 2');
  await expect(svmscope.editor.back).toBeHidden();
});

test('a fault is told at its line, and the program that runs stays', async ({ svmscope }) => {
  const { editor } = svmscope;
  await editor.open();
  await editor.field('L1').fill('VMCB12 +MSR_PROT rip=9\nVMRUN\nVMRUNN');
  await editor.field('Userspace').fill('KVM_RUN SVME=0');
  await expect(editor.field('L1')).toHaveAttribute('aria-invalid', 'true');
  await expect(editor.field('L1')).toHaveAccessibleDescription(
    /^line 3, column 1: unknown operation "VMRUNN", one of WRMSR RDMSR VMRUN .* END$/,
  );
  await expect(editor.field('Userspace')).toHaveAccessibleDescription(/bits only after sync/);
  await expect(editor.field('L2')).toHaveAttribute('aria-invalid', 'false');
  await expect(editor.panel).toContainText('2 problems. The program that runs stays as it is.');
  await expect(editor.apply).toHaveAttribute('aria-disabled', 'true');
  await svmscope.press('Control+Enter');
  await expect(editor.panel).toBeVisible();

  await editor.button('line 3, column 1:').click();
  await expect(editor.field('L1')).toBeFocused();
  await editor.type('#');
  await editor.field('Userspace').fill('KVM_RUN');
  await expect(editor.field('L1')).toHaveAccessibleDescription(
    'line 1, column 18: 9 is past the end of l2, "next" or from 0 to 2',
  );
  await editor.cancel.click();
  await expect(svmscope.program.code('L1')).toContainText('RDMSR EFER');
  await svmscope.press('ArrowRight');
  await expect(svmscope.story).toContainText('Step 2');
});

test('a draft outlives the editor for this visit', async ({ svmscope }) => {
  const { editor } = svmscope;
  await editor.open();
  await editor.field('SMM').fill('RSMM');
  await svmscope.press('Escape');
  await expect(editor.panel).toBeHidden();
  await svmscope.press('e');
  await expect(editor.field('SMM')).toHaveValue('RSMM');
  await editor.button('Start over').click();
  await expect(editor.field('SMM')).toHaveValue('RSM');
  await editor.button('Back to what was here').click();
  await expect(editor.field('SMM')).toHaveValue('RSMM');
});

test('a line is completed by keyboard alone', async ({ svmscope }) => {
  const { editor } = svmscope;
  await svmscope.press('e');
  await editor.newLine('L2');
  await expect(editor.offers).toHaveCount(0);
  await editor.type('wr');
  await expect(editor.offer).toHaveText(/^WRMSR/);
  await expect(editor.field('L2')).toHaveAttribute('aria-activedescendant', /.+-0$/);
  await svmscope.press('Enter');
  await expect(editor.offer).toHaveText(/^EFER/);
  await svmscope.press('ArrowDown', 'ArrowUp', 'Tab');
  await svmscope.press('ArrowDown', 'Enter');
  await expect(editor.field('L2')).toHaveValue('WRMSR EFER SVME=0\nVMMCALL\nWRMSR EFER SVME=1');
  await expect(editor.offers).toHaveCount(0);
  // What is whole ends with Enter, whatever could follow.
  await editor.type(' ');
  await expect(editor.offers.first()).toBeVisible();
  await expect(editor.offer).toHaveCount(0);
  await svmscope.press('Enter');
  await editor.type('VMMCALL');
  await expect(editor.offers).toHaveCount(0);
  await svmscope.press('Enter', 'Control+Space');
  await expect(editor.offers).toHaveCount(17);
  await svmscope.press('Escape');
  await expect(editor.offers).toHaveCount(0);
  await expect(editor.field('L2')).toHaveValue(/\nWRMSR EFER SVME=1 \nVMMCALL\n$/);
  await expect(editor.panel).toBeVisible();
});

test('a line is completed with the mouse, and the field keeps the focus', async ({ svmscope, page }) => {
  const { editor } = svmscope;
  await editor.open();
  await editor.newLine('Userspace');
  await editor.type('KVM_SET_');
  await page.getByRole('option', { name: 'KVM_SET_NESTED_STATE' }).click();
  await page.getByRole('option', { name: 'restore' }).click();
  await expect(editor.field('Userspace')).toBeFocused();
  await expect(editor.field('Userspace')).toHaveValue('KVM_RUN\nKVM_SET_NESTED_STATE restore');
  await expect(editor.field('Userspace')).toHaveAccessibleDescription(
    'line 2, column 22: needs a KVM_GET_NESTED_STATE earlier in the list',
  );
});

test('undo takes back what was typed, and what the list wrote', async ({ svmscope }) => {
  const { editor } = svmscope;
  await editor.open();
  const before = await editor.field('L2').inputValue();
  await editor.newLine('L2');
  await editor.type('vmr');
  await svmscope.press('Enter');
  await expect(editor.field('L2')).toHaveValue(`${before}\nVMRUN`);
  await svmscope.press('Control+Z');
  await expect(editor.field('L2')).toHaveValue(`${before}\nvmr`);
  await svmscope.press('Control+Shift+Z');
  await expect(editor.field('L2')).toHaveValue(`${before}\nVMRUN`);
  for (let press = 0; press < 6; press += 1) await svmscope.press('Control+Z');
  await expect(editor.field('L2')).toHaveValue(before);
  await expect(editor.panel).toContainText('No change yet.');
});

test('what is saved can be opened again', async ({ svmscope }) => {
  const { editor } = svmscope;
  await editor.open();
  await editor.openFile('halt.json', program);
  await expect(editor.panel).toContainText('halt.json is in the fields now.');
  await expect(editor.field('L2')).toHaveValue('HLT');
  await expect(editor.panel).toContainText('host.nrips=false');
  await editor.newLine('L2');
  await editor.type('VMMCALL');
  const { name, text } = await editor.saved();
  expect(name).toBe('l2-halts.json');
  expect(JSON.parse(text)).toEqual({
    ...JSON.parse(program),
    code: { l1: [{ do: 'VMRUN' }], l2: [{ do: 'HLT' }, { do: 'VMMCALL' }] },
  });
  await editor.button('Back to what was here').click();
  await expect(editor.field('L2')).toHaveValue('WRMSR EFER SVME=0\nVMMCALL');
  await editor.openFile(name, text);
  await svmscope.press('Control+Enter');
  await expect(svmscope.program.code('L2')).toContainText('HLT');
  await expect(svmscope.header.nrips).toHaveAttribute('aria-checked', 'false');
});

test('a broken file replaces nothing, and says in one line why', async ({ svmscope }) => {
  const { editor } = svmscope;
  await editor.open();
  await editor.openFile('bad.json', broken);
  await expect(svmscope.notice).toContainText(`bad.json: ${whatIsBroken}`);
  await expect(svmscope.notice).toContainText('Nothing was replaced.');
  await editor.openFile('big.json', ' '.repeat(1_000_001));
  await expect(svmscope.notice).toContainText('big.json: 1.0 MB, at most 1.0 MB');
  await expect(editor.field('L2')).toHaveValue('WRMSR EFER SVME=0\nVMMCALL');
});

test('a file that is dropped on the page runs; a broken one changes nothing', async ({ svmscope }) => {
  const { editor } = svmscope;
  await editor.drop('bad.json', broken);
  await expect(svmscope.notice).toContainText(`bad.json: ${whatIsBroken}`);
  await expect(svmscope.program.code('L2')).toContainText('WRMSR EFER SVME=0');
  await editor.drop('halt.json', program);
  await expect(svmscope.program.code('L2')).toContainText('HLT');
  await expect(svmscope.story).toContainText('L2 halts');
  await editor.back.click();
  await expect(svmscope.program.code('L2')).toContainText('WRMSR EFER SVME=0');
});

test('a file that is dropped while editing fills the fields', async ({ svmscope }) => {
  const { editor } = svmscope;
  await editor.open();
  await editor.field('L2').fill('CPUID');
  await editor.drop('halt.json', program);
  await expect(editor.field('L2')).toHaveValue('HLT');
  await expect(svmscope.story).not.toContainText('L2 halts');
  await editor.button('Back to what was here').click();
  await expect(editor.field('L2')).toHaveValue('CPUID');
});

test('a program can be pasted, also by mistake', async ({ svmscope }) => {
  const { editor } = svmscope;
  await editor.open();
  await editor.field('L2').focus();
  await editor.paste(program);
  await expect(editor.field('L2')).toHaveValue('WRMSR EFER SVME=0\nVMMCALL');
  await editor.button('Load it').click();
  await expect(editor.title).toHaveValue('L2 halts');
  await editor.pasteJson.click();
  await expect(editor.pasteBox).toBeFocused();
  await editor.paste(broken);
  await expect(editor.pasteBox).toHaveAccessibleDescription(new RegExp(/unknown operation "HALT"/));
  await editor.pasteBox.fill(program.replace('L2 halts', '<b>L2</b>'));
  await expect(editor.pasteBox).toBeHidden();
  await expect(editor.title).toHaveValue('<b>L2</b>');
  await svmscope.press('Control+Enter');
  await expect(svmscope.story).toContainText('<b>L2</b>');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing in the editor stands in anybody's way, ${colorScheme}`, async ({ svmscope, page }) => {
    const { editor } = svmscope;
    await page.emulateMedia({ colorScheme });
    await editor.open();
    expect(await obstacles(page, '[aria-label="Program editor"]')).toEqual([]);
    await editor.field('L1').fill('VMRUNN');
    await editor.openFile('bad.json', broken);
    await editor.pasteJson.click();
    await editor.newLine('L2');
    await editor.type('WRMSR EFER S');
    await expect(editor.offers.first()).toBeVisible();
    expect(await obstacles(page, '[aria-label="Program editor"]')).toEqual([]);
  });
}

test('on a phone the editor has the whole tab', async ({ svmscope, page }) => {
  const { editor } = svmscope;
  await page.setViewportSize({ width: 390, height: 844 });
  await editor.open();
  await editor.newLine('L2');
  await editor.type('CPU');
  await expect(editor.offer).toBeInViewport();
  await svmscope.press('Enter');
  expect(await svmscope.overflow()).toBe(0);
  await svmscope.showTab('Chart');
  await svmscope.showTab('Program');
  await expect(editor.field('L2')).toHaveValue(/CPUID$/);
  await editor.apply.click();
  await expect(svmscope.program.code('L2')).toContainText('CPUID');
});
