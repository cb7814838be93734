import { fail, ok, type Result } from '#base/result.ts';

/** Pictures out of the page: a drawing with everything that its styles say written into it, and its pixels. */

/** What a picture needs of an element's style. Inherited ones are written where they differ from those above. */
const properties: readonly {
  readonly name: string;
  readonly initial: string;
  readonly inherited: boolean;
}[] = [
  { name: 'fill', initial: '#000000', inherited: true },
  { name: 'fill-opacity', initial: '1', inherited: true },
  { name: 'stroke', initial: 'none', inherited: true },
  { name: 'stroke-opacity', initial: '1', inherited: true },
  { name: 'stroke-width', initial: '1', inherited: true },
  { name: 'stroke-dasharray', initial: 'none', inherited: true },
  { name: 'stroke-linejoin', initial: 'miter', inherited: true },
  { name: 'stroke-linecap', initial: 'butt', inherited: true },
  { name: 'paint-order', initial: 'normal', inherited: true },
  { name: 'font-family', initial: '', inherited: true },
  { name: 'font-size', initial: '', inherited: true },
  { name: 'font-weight', initial: '400', inherited: true },
  { name: 'font-style', initial: 'normal', inherited: true },
  { name: 'text-anchor', initial: 'start', inherited: true },
  { name: 'visibility', initial: 'visible', inherited: true },
  { name: 'opacity', initial: '1', inherited: false },
];

/** The attributes that say where and what an element is. Everything else is styling, or for who uses the page. */
const geometry = 'id x y width height rx r cx cy d viewBox transform patternUnits patternTransform'.split(
  ' ',
);

const space = 'http://www.w3.org/2000/svg';
const shapes = new Set(['rect', 'circle', 'path', 'text']);

/** A colour as six digits, with what it lets through. */
function plainColour(value: string): { readonly colour: string; readonly opacity: string } {
  const parts = /^rgba?\(([^)]*)\)$/
    .exec(value)?.[1]
    ?.split(/[\s,/]+/)
    .map(Number);
  const [red, green, blue, alpha = 1] = parts ?? [];
  if (red === undefined || green === undefined || blue === undefined)
    return { colour: value.replaceAll('"', ''), opacity: '1' };
  if (alpha === 0) return { colour: 'none', opacity: '1' };
  const digits = [red, green, blue].map((part) => Math.round(part).toString(16).padStart(2, '0'));
  return { colour: `#${digits.join('')}`, opacity: String(alpha) };
}

type Look = Readonly<Record<string, string>>;

/** What an element looks like, in values that stand for themselves. */
function lookOf(element: Element): Look {
  const style = getComputedStyle(element);
  const look = Object.fromEntries(properties.map(({ name }) => [name, style.getPropertyValue(name)]));
  for (const name of ['fill', 'stroke']) {
    const { colour, opacity } = plainColour(look[name] ?? '');
    look[name] = colour;
    look[`${name}-opacity`] = String(Number(look[`${name}-opacity`]) * Number(opacity));
  }
  for (const name of ['font-size', 'stroke-width', 'stroke-dasharray'])
    look[name] = (look[name] ?? '').replaceAll('px', '');
  look['font-family'] = (look['font-family'] ?? '').replaceAll('"', "'");
  return look;
}

const isDrawn = (element: Element, look: Look): boolean =>
  !shapes.has(element.localName) || look['fill'] !== 'none' || look['stroke'] !== 'none';

function inlined(element: Element, above: Look): Element | undefined {
  const name = element.localName;
  const copy = document.createElementNS(space, name);
  for (const attribute of geometry) {
    const value = element.getAttribute(attribute);
    if (value !== null) copy.setAttribute(attribute, value);
  }
  if (name === 'title' || name === 'desc') {
    copy.textContent = element.textContent;
    return copy;
  }
  const look = lookOf(element);
  if (!isDrawn(element, look)) return undefined;
  for (const { name: property, inherited, initial } of properties) {
    const value = look[property] ?? '';
    if (value !== (inherited ? above[property] : initial)) copy.setAttribute(property, value);
  }
  // Else a column that stands inside the picture would be cut at its edge.
  if (name === 'svg' && element.parentElement?.closest('svg')) copy.setAttribute('overflow', 'visible');
  for (const child of element.childNodes) {
    const own = child instanceof Element ? inlined(child, look) : child.cloneNode();
    if (own) copy.append(own);
  }
  return copy;
}

/**
 * A drawing that stands in the page, as a document of its own: every style written out, no name of a class, no token,
 * nothing that is fetched. Fonts are those of the reader's system, named by the stacks of the page.
 */
export function standAlone(drawing: SVGSVGElement): string {
  const initial = Object.fromEntries(properties.map(({ name, initial: value }) => [name, value]));
  const copy = inlined(drawing, initial);
  const text = copy ? new XMLSerializer().serializeToString(copy) : '';
  return `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`;
}

/** The colours of the page where an element stands that nobody sees, by the names of the tokens. */
export function tokensAt<Name extends string>(
  element: HTMLElement,
  names: readonly Name[],
): Readonly<Record<Name, string>> {
  const entries = names.map((name) => {
    // As a colour of the element, for a token may be written in any way.
    element.style.color = `var(--${name})`;
    return [name, plainColour(getComputedStyle(element).color).colour];
  });
  return Object.fromEntries(entries) as Record<Name, string>;
}

/** The pixels of a picture, so many to each of its own; an error says why there are none. */
export async function pixelsOf(svg: string, scale: number): Promise<Result<Blob, string>> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, 'image/png');
    });
    return blob
      ? ok(blob)
      : fail(
          `a picture of ${canvas.width} by ${canvas.height} pixels is too big for this browser; save it as SVG`,
        );
  } catch {
    return fail('this browser does not draw the picture; save it as SVG');
  } finally {
    URL.revokeObjectURL(address);
  }
}
