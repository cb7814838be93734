import { figure } from '#base/figures.ts';

/** Figures as the page of a recording shows them. */

/** Bytes as megabytes; few of them as they are. */
export function bytesText(bytes: number): string {
  if (bytes < 10_000) return `${figure(bytes)} bytes`;
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 0)} MB`;
}

/** How far an import is, and how long it will take, given how long it took so far in milliseconds. */
export function importWords(
  { bytes, of, lines, events }: { bytes: number; of: number | undefined; lines: number; events: number },
  took: number,
): string {
  const share = of === undefined || of === 0 ? undefined : bytes / of;
  const far = share === undefined ? bytesText(bytes) : `${bytesText(bytes)} of ${bytesText(of!)}`;
  const percent = share === undefined ? '' : `, ${Math.floor(share * 100)} %`;
  const left = share === undefined || share === 0 || took < 500 ? undefined : (took / share) * (1 - share);
  const rest = left === undefined ? '' : `, about ${Math.ceil(left / 1000)} s left`;
  return `${far}${percent}, ${figure(lines)} lines, ${figure(events)} events, ${(took / 1000).toFixed(1)} s${rest}`;
}
