/** What is taken at most of what somebody drops: far above any series of the list, far below what stops a page. */
export const limits = {
  /** Bytes of a file, unpacked. */
  file: 16_000_000,
  mails: 2_000,
  /** Bytes of a mail, attachments included. */
  mail: 4_000_000,
  hunks: 20_000,
  /** Lines of all hunks together. */
  lines: 400_000,
} as const;
