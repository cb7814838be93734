/** Numbers as they are shown. */

/** Made once: the page writes hundreds of figures while one scrubs. */
const figures = new Intl.NumberFormat('en-US');

/** With commas: `1,234,567`. */
export const figure = (number: number): string => figures.format(number);

/** `16.0 MB` */
export const inMegabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;
