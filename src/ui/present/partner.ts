/** Whether the other window of the talk answers. */
export type Partner = 'waiting' | 'here' | 'gone';
