import type {
  EventQuery,
  EventRow,
  Overview,
  RecordingQuestions,
  RecordingSummary,
  Stop,
  Told,
} from './questions.ts';
import type { RecordingIndex } from './index/recording-index.ts';
import { OverviewDraft } from './overview.ts';
import { nothingKnown, toldOf } from './replay-state.ts';
import { stepReplay } from './replay.ts';

/** Questions about the events themselves; those about a kernel ask more than what was recorded. */
export type EventQuestion = 'rows' | 'text' | 'find' | 'count' | 'matches' | 'told' | 'overview';

/** Events that are looked through at once for the one before a place. */
const stretch = 4096;

/** Answers from the index of a recording. */
export class EventQuestions implements Pick<RecordingQuestions, EventQuestion> {
  private readonly index: RecordingIndex;

  constructor(index: RecordingIndex) {
    this.index = index;
  }

  get summary(): RecordingSummary {
    return this.index.summary;
  }

  rows(from: number, count: number): Promise<readonly EventRow[]> {
    return this.index.rows(from, count);
  }

  text(offset: number, lines: number): Promise<readonly string[]> {
    return this.index.text(offset, lines);
  }

  find(query: EventQuery, from: number, direction: 1 | -1, stop: Stop): Promise<number | undefined> {
    return this.index.find(query, from, direction, stop);
  }

  count(query: EventQuery, stop: Stop): Promise<number> {
    return this.index.count(query, stop);
  }

  matches(query: EventQuery, stop: Stop): Promise<Uint32Array> {
    return this.index.matches(query, stop);
  }

  /** What the events of a vCPU told up to and with the one at this place. */
  async told(vcpu: number, at: number): Promise<Told> {
    const last = { state: nothingKnown, met: false };
    // Its last event may be far back, where several vCPUs take turns.
    for (let to = at + 1; to > 0 && !last.met; to -= stretch)
      await this.index.walk(Math.max(to - stretch, 0), to, ({ vcpu: one, state, event }) => {
        if (one === vcpu) Object.assign(last, { state: stepReplay(state, event), met: true });
      });
    return toldOf(last.state);
  }

  async overview(vcpu: number | undefined, from: number, to: number, buckets: number): Promise<Overview> {
    const draft = new OverviewDraft(from, Math.min(to, this.summary.events), buckets);
    await this.index.walk(from, to, (visited) => {
      if (vcpu === undefined || visited.vcpu === vcpu) draft.visit(visited);
    });
    return draft.done();
  }
}
