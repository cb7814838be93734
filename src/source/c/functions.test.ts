import { describe, expect, test } from 'vitest';

import { readFile } from './functions.ts';

const found = (text: string) =>
  readFile('a.c', text).functions.map(({ name, line, nameLine, endLine, whole }) => [
    name,
    line,
    nameLine,
    endLine,
    whole,
  ]);
const names = (text: string): readonly string[] => readFile('a.c', text).functions.map(({ name }) => name);

describe('finding functions', () => {
  test('tells where each begins, is named and ends', () => {
    expect(
      found('int one(int a)\n{\n\treturn a;\n}\n\nstatic inline u64 *\ntwo(struct x *y,\n    int z)\n{\n}\n'),
    ).toEqual([
      ['one', 1, 1, 4, true],
      ['two', 6, 7, 10, true],
    ]);
  });

  test.each([
    ['static __init int a(void)\n{\n}\n', ['a']],
    ['static int __attribute__((noinline)) a(int b)\n{\n}\n', ['a']],
    ['void a(struct kvm *k) __acquires(&k->lock)\n{\n}\n', ['a']],
    ['ACCESSORS(rax, RAX)\nstatic bool b(void)\n{\n}\n', ['b']],
    ['EXPORT_SYMBOL_GPL(z);\nbool b(void) { return true; }\n', ['b']],
    ['int old(a, b)\n\tint a;\n\tchar *b;\n{\n}\nint next(void)\n{\n}\n', ['old', 'next']],
    ['int declared(int a);\nint defined(int a)\n{\n}\n', ['defined']],
    ['struct pair { int a; int b; };\nenum e { A, B };\nint c(void)\n{\n}\n', ['c']],
    ['static const struct ops o = {\n\t.go = go_now,\n};\nvoid go_now(void)\n{\n}\n', ['go_now']],
  ])('sees through %j', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  test('is not misled by comments, strings and characters with braces', () => {
    const text = "int a(void)\n{\n\t/* } */ f(\"}{\\\"}\"); // }\n\tg('}', '\\'');\n}\nint b(void)\n{\n}\n";
    expect(found(text)).toEqual([
      ['a', 1, 1, 5, true],
      ['b', 6, 6, 8, true],
    ]);
  });

  test('keeps both branches of an #if, and counts the braces of one', () => {
    const text =
      'int a(int x)\n{\n#ifdef CONFIG_X86_64\n\tif (x) {\n\t\tone();\n#else\n\tif (!x) {\n\t\ttwo();\n#endif\n\t}\n}\nint b(void)\n{\n}\n';
    const [first, second] = readFile('a.c', text).functions;
    expect([...(first?.calls ?? [])].filter((name) => name !== 'if')).toEqual(['one', 'two']);
    expect([second?.name, second?.line]).toEqual(['b', 12]);
  });

  test('takes both definitions of a name that has two', () => {
    const text = '#ifdef A\nint a(void)\n{\n\tone();\n}\n#else\nint a(void)\n{\n}\n#endif\n';
    expect(found(text).map(([name, line]) => [name, line])).toEqual([
      ['a', 2],
      ['a', 7],
    ]);
  });

  test('goes on behind a function that lacks a brace, and says so', () => {
    const text = 'int a(int x)\n{\n\tif (x) {\n\t\tf();\n\nstatic int b(void)\n{\n\treturn 1;\n}\n';
    expect(found(text)).toEqual([
      ['a', 1, 1, 5, false],
      ['b', 6, 6, 9, true],
    ]);
  });

  test('reads a function that the file breaks off in up to there', () => {
    expect(found('int a(void)\n{\n\tf();\n\tg(')).toEqual([['a', 1, 1, 4, false]]);
  });

  test('counts lines the same with CRLF', () => {
    const text = 'int a(void)\n{\n\treturn 1;\n}\n#define X \\\n\t1\nint b(void)\n{\n}\n';
    expect(found(text.replaceAll('\n', '\r\n'))).toEqual(found(text));
    expect(readFile('a.c', text.replaceAll('\n', '\r\n')).lines).toEqual(text.split('\n'));
  });

  test.each([
    ['a line of a million characters', `int a(void)\n{\n\tf(${'x + '.repeat(250_000)}1);\n}\n`],
    [
      'brackets a hundred thousand deep',
      `int a(void)\n{\n\tf${'('.repeat(100_000)}1${')'.repeat(100_000)};\n}\n`,
    ],
    ['braces a hundred thousand deep', `int a(void)\n{${'{'.repeat(100_000)}${'}'.repeat(100_000)}\n}\n`],
  ])('reads %s', (_, text) => {
    expect(found(text)).toEqual([['a', 1, 1, 4 - Number(text.includes('{{')), true]]);
  });

  test('knows what tables set their members to, and what macros call', () => {
    const file = readFile(
      'a.c',
      '#define CHECK(x) \\\n\tlook_at(x)\n#define ALIAS other_name\nstruct ops o = {\n\t/* .a = no */ .go = go_now,\n\t[EXIT_X] = handle_x,\n};\n',
    );
    expect(file.members.map(({ member, value }) => [member, value])).toEqual([
      ['go', 'go_now'],
      ['EXIT_X', 'handle_x'],
    ]);
    expect(file.macros.map(({ name, calls }) => [name, ...calls])).toEqual([
      ['CHECK', 'look_at'],
      ['ALIAS', 'other_name'],
    ]);
  });
});
