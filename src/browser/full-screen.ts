/** Show the page on the whole screen, or in its window again. Where the browser refuses, nothing happens. */
export function toggleFullScreen(): void {
  const change = document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen();
  // A frame that may not, or no press of a key before it.
  change.catch(() => undefined);
}
