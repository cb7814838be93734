import { gifBits } from '../replay-facts.ts';
import type { ByteCursor } from './byte-cursor.ts';
import { flag, known, type Draft, type Tables } from './draft.ts';
import { isWord } from './names.ts';
import { Word } from './word.ts';

/**
 * The texts of frequent events, byte by byte, in the one form that kernels print. What is of any other form is left to
 * the plain reader, so that nothing is read here that it would read otherwise.
 */

const word = {
  vcpu: new Word('vcpu '),
  commaRip: new Word(', rip 0x'),
  rip: new Word(' rip 0x'),
  reason: new Word('reason '),
  reasonColon: new Word('reason: '),
  noRip: new Word('<CANT FIND FIELD rip>'),
  info: new Word(' info '),
  shortInfo1: new Word(' info1 '),
  shortInfo2: new Word(' info2 '),
  intInfo: new Word(' int_info '),
  intInfoErr: new Word(' int_info_err '),
  info1: new Word(' info1 0x'),
  info2: new Word(' info2 0x'),
  intrInfo: new Word(' intr_info 0x'),
  errorCode: new Word(' error_code 0x'),
  requests: new Word(' requests 0x'),
  msrRead: new Word('msr_read '),
  msrWrite: new Word('msr_write '),
  equals: new Word(' = 0x'),
  gp: new Word(' (#GP)'),
  colonRip: new Word('rip: 0x'),
  vmcb: new Word(' vmcb: 0x'),
  nestedRip: new Word(' nested_rip: 0x'),
  intCtl: new Word(' int_ctl: 0x'),
  eventInj: new Word(' event_inj: 0x'),
  nestedNpt: new Word(' nested_npt='),
  guestCr3: new Word(' guest_cr3: 0x'),
  nestedCr3: new Word(' nested_cr3: 0x'),
  crRead: new Word('cr_read: '),
  crWrite: new Word(' cr_write: '),
  excp: new Word(' excp: '),
  intercepts: new Word(' intercepts: '),
  extInf1: new Word(' ext_inf1: 0x'),
  extInf2: new Word(' ext_inf2: 0x'),
  extInt: new Word(' ext_int: 0x'),
  extIntErr: new Word(' ext_int_err: 0x'),
} as const;

const space = 0x20;
const parenthesis = 0x28;

/** Reads what stands at the cursor into the draft; whether it was read, to the end of the line. */
export function scanArgs(cursor: ByteCursor, draft: Draft, tables: Tables): boolean {
  switch (draft.name) {
    case known.kvm_entry:
      return entry(cursor, draft);
    case known.kvm_exit:
    case known.kvm_nested_vmexit:
      return exit(cursor, draft, tables);
    case known.kvm_msr:
      return msr(cursor, draft);
    case known.kvm_nested_vmenter:
      return vmenter(cursor, draft);
    case known.kvm_nested_intercepts:
      return intercepts(cursor, draft);
    case known.kvm_nested_vmexit_inject:
      return inject(cursor, draft, tables);
    case known.kvm_userspace_exit:
      return userspace(cursor, draft, tables);
    default:
      return false;
  }
}

/** The code of the reason that stands there; below 1 where it is new. */
function reasonAt(
  { view }: ByteCursor,
  { reasons, printed, meant }: Tables,
  from: number,
  to: number,
): number {
  const code = reasons.codeAt(view, from, to);
  if (code > 0) return code;
  const other = printed.codeAt(view, from, to);
  return other < 0 ? other : meant[other]!;
}

/** A word up to a space, or two where it is an exception's: the code of a reason that is known already. */
function reason(cursor: ByteCursor, draft: Draft, tables: Tables, end: Word | undefined): boolean {
  const { bytes, to } = cursor;
  const from = cursor.at;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte < space) return false;
    if (byte === space) {
      cursor.at = at;
      if (end ? cursor.literal(end) : bytes[at + 1] === parenthesis) {
        // Tools have names of their own for exits only.
        const code = end ? reasonAt(cursor, tables, from, at) : tables.reasons.codeAt(cursor.view, from, at);
        // A new one is named by the plain reader, and so is one that tools name in their own way.
        if (code > 0) draft.setReason(code);
        return code > 0;
      }
    }
  }
  return false;
}

function vcpuNumber(cursor: ByteCursor, draft: Draft): boolean {
  if (!cursor.literal(word.vcpu)) return false;
  draft.number = cursor.decimal(9);
  return draft.number >= 0;
}

function entry(cursor: ByteCursor, draft: Draft): boolean {
  if (!vcpuNumber(cursor, draft)) return false;
  if (!cursor.literal(word.commaRip) && !cursor.literal(word.rip)) return false;
  if (!cursor.hex(16)) return false;
  draft.setRip(cursor.halves);
  if (cursor.done) return true;
  return interrupt(cursor) && cursor.done;
}

const ofVmenter = [word.vmcb, word.nestedRip, word.intCtl, word.eventInj];
const ofIntercepts = [word.crRead, word.crWrite, word.excp, word.intercepts];
const ofShortInject = [word.shortInfo2, word.intInfo, word.intInfoErr];
const ofInject = [word.extInf2, word.extInt, word.extIntErr];

/** Words with a number behind each. */
function numbers(cursor: ByteCursor, words: readonly Word[], most: number): boolean {
  for (let index = 0; index < words.length; index++)
    if (!cursor.literal(words[index]!) || !cursor.hex(most)) return false;
  return true;
}

const interrupt = (cursor: ByteCursor): boolean =>
  cursor.literal(word.intrInfo) && cursor.hex(16) && cursor.literal(word.errorCode) && cursor.hex(16);

function exit(cursor: ByteCursor, draft: Draft, tables: Tables): boolean {
  cursor.literal(word.noRip);
  if (!cursor.literal(word.reason)) {
    if (!vcpuNumber(cursor, draft) || !cursor.byte(space) || !cursor.literal(word.reason)) return false;
  }
  if (!reason(cursor, draft, tables, word.rip) || !cursor.hex(16)) return false;
  draft.setRip(cursor.halves);
  if (cursor.literal(word.info)) return pair(cursor, draft) && cursor.done;
  if (!cursor.literal(word.info1) || !cursor.hex(16)) return false;
  draft.setValue(cursor.halves);
  if (!cursor.literal(word.info2) || !cursor.hex(16) || !interrupt(cursor)) return false;
  if (cursor.done) return true;
  if (!cursor.literal(word.requests) || !cursor.hex(16)) return false;
  draft.setRequests(cursor.halves);
  return cursor.done;
}

/** trace-cmd's: info1 and info2. */
function pair(cursor: ByteCursor, draft: Draft): boolean {
  if (!cursor.hex(16)) return false;
  draft.setValue(cursor.halves);
  return cursor.byte(space) && cursor.hex(16);
}

function msr(cursor: ByteCursor, draft: Draft): boolean {
  const write = cursor.literal(word.msrWrite);
  if ((!write && !cursor.literal(word.msrRead)) || !cursor.hex(8)) return false;
  const number = cursor.halves[0]!;
  if (!cursor.literal(word.equals) || !cursor.hex(16)) return false;
  draft.setValue(cursor.halves);
  draft.setMsr(number, write);
  if (cursor.done) return true;
  draft.addFlags(flag.gp);
  return cursor.literal(word.gp) && cursor.done;
}

function vmenter(cursor: ByteCursor, draft: Draft): boolean {
  if (!cursor.literal(word.colonRip) || !cursor.hex(16)) return false;
  draft.setRip(cursor.halves);
  if (!numbers(cursor, ofVmenter, 16) || !cursor.literal(word.nestedNpt)) return false;
  const npt = cursor.bytes[cursor.at++];
  if (npt !== 0x79 && npt !== 0x6e) return false;
  if (!cursor.literal(word.nestedCr3) && !cursor.literal(word.guestCr3)) return false;
  return cursor.hex(16) && cursor.done;
}

function intercepts(cursor: ByteCursor, draft: Draft): boolean {
  if (!numbers(cursor, ofIntercepts, 8)) return false;
  if (!cursor.byte(space) || !cursor.hex(8)) return false;
  if ((cursor.halves[0]! & gifBits) === gifBits) draft.addFlags(flag.interceptsGif);
  return cursor.byte(space) && cursor.hex(8) && cursor.done;
}

function inject(cursor: ByteCursor, draft: Draft, tables: Tables): boolean {
  if (cursor.literal(word.reason)) return shortInject(cursor, draft, tables);
  if (!cursor.literal(word.reasonColon) || !reason(cursor, draft, tables, word.extInf1)) return false;
  if (!cursor.hex(16)) return false;
  draft.setValue(cursor.halves);
  return numbers(cursor, ofInject, 16) && cursor.done;
}

/** trace-cmd's. */
function shortInject(cursor: ByteCursor, draft: Draft, tables: Tables): boolean {
  if (!reason(cursor, draft, tables, word.shortInfo1) || !cursor.hex(16)) return false;
  draft.setValue(cursor.halves);
  return numbers(cursor, ofShortInject, 16) && cursor.done;
}

function userspace(cursor: ByteCursor, draft: Draft, tables: Tables): boolean {
  if (!cursor.literal(word.reason)) return false;
  const from = cursor.at;
  if (!reason(cursor, draft, tables, undefined)) return false;
  // Of exits there are names of two words.
  const end = cursor.at;
  for (let at = from; at < end; at++) if (!isWord(cursor.bytes[at]!)) return false;
  cursor.at = end + 2;
  return cursor.decimal(10) >= 0 && cursor.byte(0x29) && cursor.done;
}
