import { describe, expect, test } from 'vitest';

import { functionLink, patchLinks, pathInTree } from './links.ts';
import { kernelOf } from './kernels.testing.ts';
import { patches } from './kernels.ts';

const hrefOf = (id: string, name: string): string | undefined => functionLink(kernelOf(id), name)?.href;

describe('a function', () => {
  test('of the recorded kernel links to its first line', () => {
    const [file, line] = kernelOf('6.12').base.tree.lines['svm_set_efer']!;
    expect(hrefOf('6.12', 'svm_set_efer')).toBe(
      `https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git/tree/arch/x86/kvm/${file}?h=v6.12.117#n${line}`,
    );
  });

  test('of another links to all places that name it, in its release', () => {
    expect(hrefOf('7.0', 'svm_set_efer')).toBe('https://elixir.bootlin.com/linux/v7.0/A/ident/svm_set_efer');
    expect(hrefOf('7.0+v2', 'svm_set_efer')).toBe(
      'https://elixir.bootlin.com/linux/v7.0/A/ident/svm_set_efer',
    );
    expect(hrefOf('7.1', 'svm_set_efer')).toBe('https://elixir.bootlin.com/linux/v7.1/A/ident/svm_set_efer');
  });

  test('that a patch brings is in no tree until it is released', () => {
    expect(hrefOf('7.0+v1', 'svm_set_efer_svme')).toBeUndefined();
    expect(hrefOf('7.0+recalc', 'svm_recalc_instruction_intercepts')).toBeUndefined();
    expect(hrefOf('7.1', 'svm_recalc_instruction_intercepts')).toContain('/v7.1/');
  });

  test('that the model made up, or the processor is, has no source', () => {
    expect(hrefOf('6.12', 'vcpu_run_exit')).toBeUndefined();
    expect(hrefOf('6.12', 'return_to_userspace')).toBeUndefined();
    expect(hrefOf('6.12', 'copy_nested_state')).toBeUndefined();
    expect(hrefOf('6.12', 'processor: WRMSR')).toBeUndefined();
    expect(hrefOf('6.12', 'no_such_function')).toBeUndefined();
  });

  test('stands below KVM, or where its path says', () => {
    expect(pathInTree('svm/svm.c')).toBe('arch/x86/kvm/svm/svm.c');
    expect(pathInTree('/virt/kvm/kvm_main.c')).toBe('virt/kvm/kvm_main.c');
  });
});

const linksOf = (id: string) => patchLinks(patches.find((patch) => patch.id === id)!);

describe('a patch', () => {
  test('links to its mail and its commit', () => {
    expect(linksOf('merged')).toEqual([
      { href: 'https://lore.kernel.org/r/aaI51_1_bR4zRTXY@google.com', label: 'mail' },
      { href: 'https://git.kernel.org/torvalds/c/cdc69269b18a', label: 'cdc69269b18a' },
    ]);
  });

  test.each(patches)('$id can be read somewhere', (patch) => {
    const links = patchLinks(patch);
    expect(links.length).toBeGreaterThan(0);
    for (const { href } of links) expect(() => new URL(href)).not.toThrow();
  });
});
