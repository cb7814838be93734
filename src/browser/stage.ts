/** Set the type of the page as large as a stage wants it. Returns how to take that back. */
export function showStage(): () => void {
  const { dataset } = document.documentElement;
  dataset['stage'] = '';
  return () => delete dataset['stage'];
}
