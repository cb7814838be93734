/** Be told before the page is printed, in time to change it, and after that. Gives back how to stop that. */
export function onPrint(before: () => void, after: () => void): () => void {
  addEventListener('beforeprint', before);
  addEventListener('afterprint', after);
  return () => {
    removeEventListener('beforeprint', before);
    removeEventListener('afterprint', after);
  };
}

/** Ask the browser to print the page. */
export function printPage(): void {
  print();
}
