import { describe, expect, test } from 'vitest';

import { looksLikePatch } from './head.ts';
import { limits } from './limits.ts';
import { avicDiff, fileOf, mail, mbox, seriesMbox, tripleFaultDiff } from './mails.testing.ts';
import { openPatches } from './open.ts';
import type { PatchSet } from './series.ts';

async function opened(text: string, name = 'x.mbox'): Promise<PatchSet> {
  const set = await openPatches([fileOf(name, text)]);
  if (!set.ok) throw new Error(set.error);
  return set.value;
}

async function refused(text: string, name = 'x.mbox'): Promise<string> {
  const set = await openPatches([fileOf(name, text)]);
  if (set.ok) throw new Error('it opens');
  return set.error;
}

const v2 = tripleFaultDiff('is_guest_mode(vcpu)');

const single = (version: string, id: string, answers?: string): string =>
  mail({
    subject: `[PATCH${version} 1/1] x`,
    id,
    diff: v2,
    ...(answers === undefined ? {} : { answers }),
  });

const answer = (body: string): string => mail({ subject: 'Re: [PATCH] x', body });

describe('a mailbox', () => {
  test('becomes a series in order, with its replies apart and copies left out', async () => {
    const { series, replies, copies } = await opened(seriesMbox());
    expect(copies).toBe(1);
    expect(series).toHaveLength(1);
    expect(series[0]!.version).toBe(2);
    expect(series[0]!.missing).toEqual([]);
    expect(series[0]!.letters.map(({ kind, subject }) => [kind, subject.number, subject.of])).toEqual([
      ['cover', 0, 2],
      ['patch', 1, 2],
      ['patch', 2, 2],
    ]);
    expect(replies.map(({ subject, files }) => [subject.title, files])).toEqual([['Hm', []]]);
  });

  test('may have lines that end as on the wire', async () => {
    const [series] = (await opened(seriesMbox().replaceAll('\n', '\r\n'))).series;
    expect(series!.letters.map(({ kind }) => kind)).toEqual(['cover', 'patch', 'patch']);
    expect(series!.letters[1]!.files[0]!.hunks[0]!.lines[1]!.text).toMatch(/\{$/);
  });

  test('shows an answer whole, with a diff that it proposes; what it quotes or mangles is text', async () => {
    const quoted = v2.replaceAll(/^/gm, '> ');
    const { replies } = await opened(
      mbox(mail({ diff: v2 }), answer(`Rather:\n\n${v2}\nBye.`), answer(quoted), answer(v2.slice(0, -40))),
    );
    expect(replies.map(({ files }) => files.length)).toEqual([1, 0, 0]);
    expect(replies[0]!.message).toMatch(/^Rather:[^]*Bye\.$/);
    expect(replies[2]!.message).toContain('@@ -210,5');
  });

  test('says which numbers are missing', async () => {
    const text = mbox(mail({ subject: '[RFC PATCH 2/4] One of four', diff: v2 }));
    const [series] = (await opened(text)).series;
    expect(series!.missing).toEqual([1, 3, 4]);
    expect(series!.tags).toEqual(['RFC']);
  });

  test('keeps versions and threads apart', async () => {
    const set = await opened(mbox(single(' v2', 'a'), single('', 'b'), single('', 'c', 'elsewhere@x')));
    expect(set.series.map(({ version, letters }) => [version, letters[0]!.messageId])).toEqual([
      [1, 'b'],
      [1, 'c'],
      [2, 'a'],
    ]);
  });

  test('takes > away before From at the beginning of a line, once', async () => {
    const text = mbox(mail({ body: '>From here on\n>>From there\n> From quoted', diff: v2 }));
    const letter = (await opened(text)).series[0]!.letters[0]!;
    expect(letter.message).toBe('From here on\n>From there\n> From quoted');
  });

  test('is split only after an empty line', async () => {
    const text = mbox(mail({ body: 'said\nFrom me Thu Jan  1 00:00:00 1970\nthis', diff: v2 }));
    expect((await opened(text)).series[0]!.letters).toHaveLength(1);
  });
});

describe('a mail', () => {
  test('is read with author, date, trailers and what stands below the line', async () => {
    const body = 'From: Bob <bob@example.org>\n\nWhy.\n\nFixes: 123456789abc ("x")\nSigned-off-by: Bob <b@x>';
    const text = mail({ id: 'one@x', body, diff: v2 });
    const letter = (await opened(text, 'x.eml')).series[0]!.letters[0]!;
    expect(letter).toMatchObject({
      author: 'Bob <bob@example.org>',
      date: '2026-02-09T19:51:41.000Z',
      messageId: 'one@x',
      message: 'Why.',
      trailers: [{ name: 'Fixes', value: '123456789abc ("x")' }, { name: 'Signed-off-by' }],
      below: ' svm.c | 2 ++',
    });
    expect(letter.files[0]!.hunks[0]!.lines.map(({ sign }) => sign).join('')).toBe('   ++++  ');
  });

  test('is decoded: words of its head, quoted-printable, base64, charsets', async () => {
    const encoded = mail({
      subject: '=?utf-8?q?=5BPATCH=5D_J=C3=BCrgen?= =?utf-8?b?IG1lbmRz?=',
      headers: 'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64',
      body: Buffer.from(`Grüße\n---\n${v2}`)
        .toString('base64')
        .replaceAll(/(.{76})/g, '$1\n'),
    });
    const letter = (await opened(encoded)).series[0]!.letters[0]!;
    expect(letter.subject.title).toBe('Jürgen mends');
    expect(letter.message).toBe('Grüße');
    expect(letter.files).toHaveLength(1);
    const quoted = mail({
      headers: 'Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable',
      body: `Gr=FC=DFe\n---\n${v2.replaceAll('=', '=3D')}`,
    });
    const other = (await opened(quoted)).series[0]!.letters[0]!;
    expect(other.message).toBe('Grüße');
    expect(other.files[0]!.hunks[0]!.lines).toEqual(letter.files[0]!.hunks[0]!.lines);
  });

  test('may carry its patch as an attachment', async () => {
    const text = mail({
      headers: 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=cut',
      body: [
        '--cut\nContent-Type: text/plain\n\nSee below.',
        `--cut\nContent-Type: text/x-patch; name=a.patch\nContent-Disposition: attachment\n\n${v2}`,
        '--cut--',
      ].join('\n'),
    });
    expect((await opened(text)).series[0]!.letters[0]!.files).toHaveLength(1);
  });

  test('keeps HTML in its subject as text', async () => {
    const subject = '[PATCH] <img src=x onerror=alert(1)> & more';
    const letter = (await opened(mail({ subject, diff: v2 }))).series[0]!.letters[0]!;
    expect(letter.subject.title).toBe('<img src=x onerror=alert(1)> & more');
  });

  test('names its commit where git does', async () => {
    const commit = 'cdc69269b18a0123456789012345678901234567';
    const text = `From ${commit} Mon Sep 17 00:00:00 2001\n${mail({ diff: v2 })}`;
    expect((await opened(text, '0001.patch')).series[0]!.letters[0]!.commit).toBe(commit);
  });
});

describe('a diff without a mail', () => {
  test('is read from git diff, diff -u and git show', async () => {
    const plain =
      '--- svm.c.orig\t2026-02-09 10:00:00\n+++ svm.c\t2026-02-09 11:00:00\n@@ -1 +1,2 @@\n a\n+b\n';
    expect((await opened(plain)).series[0]!.letters[0]!.files[0]).toMatchObject({
      path: 'svm.c',
      change: 'changed',
    });
    const shown = `commit 0123456789abcdef0123456789abcdef01234567\nAuthor: Ann <ann@x>\nDate:   now\n\n    A subject\n\n    Why.\n\n${v2}`;
    expect((await opened(shown)).series[0]!.letters[0]).toMatchObject({
      subject: { title: 'A subject' },
      author: 'Ann <ann@x>',
      commit: '0123456789abcdef0123456789abcdef01234567',
      message: 'Why.',
    });
  });

  test('may rename, create, delete and be binary', async () => {
    const text = [
      'diff --git a/old.c b/new.c\nsimilarity index 100%\nrename from old.c\nrename to new.c',
      'diff --git a/b.bin b/b.bin\nindex 1..2 100644\nBinary files a/b.bin and b/b.bin differ',
      'diff --git a/n.c b/n.c\nnew file mode 100644\nindex 0..1\n--- /dev/null\n+++ b/n.c\n@@ -0,0 +1 @@\n+a',
      'diff --git a/d.c b/d.c\ndeleted file mode 100644\nindex 1..0\n--- a/d.c\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n\\ No newline at end of file',
      '',
    ].join('\n');
    const { files } = (await opened(text)).series[0]!.letters[0]!;
    expect(files.map(({ path, change, from }) => [path, change, from])).toEqual([
      ['new.c', 'renamed', 'old.c'],
      ['b.bin', 'binary', undefined],
      ['n.c', 'created', undefined],
      ['d.c', 'deleted', undefined],
    ]);
  });
});

describe('what is wrong', () => {
  const lines = v2.split('\n');
  test.each([
    [
      'a hunk that ends early',
      lines.slice(0, -3).join('\n'),
      /line 5: .*promises 5 old and 9 new lines, the text ends after 3 and 7/,
    ],
    ['a line too many', `${v2}+more\n`, /line 15: .*here it has more/],
    [
      'a line that is none',
      v2.replace(' \t\t\tsvm_leave_nested', 'x'),
      /line 13: .*begins with blank, \+ or -/,
    ],
    ['a wrong head', v2.replace('@@ -210,5 ', '@@ -x '), /line 5: no head of a hunk|no hunk follows/],
    ['a hunk without a file', lines.slice(4).join('\n'), /no diff in it|line 1: a hunk without its file/],
    ['a file without a hunk', lines.slice(0, 4).join('\n'), /line 4: no hunk follows/],
    ['the diff of a merge', 'diff --cc a.c\n--- a/a.c\n', /line 1: the combined diff of a merge/],
    ['no diff', 'hello\n', /no diff in it/],
  ])('%s is said with its line', async (_, text, message) => {
    expect(await refused(text, 'x.diff')).toMatch(message);
  });

  test('in a mail its subject is named too', async () => {
    const text = mbox(
      mail({ diff: avicDiff }),
      mail({ subject: '[PATCH] Cut', body: lines.slice(0, -3).join('\n') }),
    );
    expect(await refused(text)).toMatch(/^x\.mbox: mail 2: "\[PATCH\] Cut", line 5: .* of the message$/);
  });

  test('a mailbox without a patch says so', async () => {
    expect(await refused(mbox(mail({ subject: 'Re: x' }), mail({})))).toBe(
      'x.mbox: no patch in it: a patch has a diff, and none of its 2 mails has one',
    );
    expect(await refused(mail({}), 'x.eml')).toMatch(/its mail has none$/);
  });

  test('too much of anything is said', async () => {
    const hunks = `--- a/x\n+++ b/x\n${'@@ -1 +1 @@\n-a\n+b\n'.repeat(limits.hunks + 1)}`;
    expect(await refused(hunks)).toMatch(/more than 20000 hunks/);
    expect(await refused(mail({ body: 'x'.repeat(limits.mail + 1) }))).toMatch(/4\.0 MB, at most 4\.0 MB/);
    expect(await refused('x'.repeat(limits.file + 1))).toMatch(/16\.0 MB, at most 16\.0 MB/);
    expect(await refused(mbox(...Array<string>(limits.mails + 1).fill(mail({}))))).toMatch(
      /2001 mails, at most 2000/,
    );
  });
});

test.each([
  ['a.mbox.gz', '', true],
  ['a', mbox(mail({})), true],
  ['a', mail({}), true],
  ['a', v2, true],
  ['a.txt', '--- a\n+++ b\n@@ -1 +1 @@\n', true],
  ['svm.c', 'int svm_set_efer(void)\n{\n}\n', false],
  ['trace.txt', '# tracer: function_graph\n 0) | kvm() {\n', false],
  ['trace.dat', ' qemu-1 [000] 1.0: kvm_entry: vcpu 0, rip 0x0\n', false],
])('%s is told from its beginning', (name, head, is) => {
  expect(looksLikePatch(name, head)).toBe(is);
});
