import { useState } from 'react';

import { copyPicture } from '#browser/clipboard.ts';
import { saveBlob, saveText } from '#browser/files.ts';
import { printPage } from '#browser/printing.ts';
import { pngOf } from '../pictures/pictures.tsx';
import { Button } from '../shared/Button.tsx';
import { ChoiceSwitches, type ChoiceProps } from './ChoiceSwitches.tsx';
import type { ExportedPicture } from './exports.ts';

interface Props extends ChoiceProps {
  readonly picture: ExportedPicture;
}

/** Show a picture as it will be handed on, with what can be done with it. */
export function PictureView({ picture, ...choosing }: Props) {
  const { said, saveSvg, savePng, copy } = usePicture(picture);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Button tone="primary" onClick={saveSvg}>
          Save as SVG
        </Button>
        <Button onClick={savePng}>Save as PNG</Button>
        <Button onClick={copy}>Copy as PNG</Button>
        <ChoiceSwitches {...choosing} />
        <span role="status" className="text-xs text-ink-2">
          {said}
        </span>
      </div>
      <div
        // It scrolls: the keyboard must get there.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="region"
        aria-label="Preview"
        className="min-h-40 max-w-full flex-1 overflow-auto rounded-sm border border-line bg-raised p-2 max-md:max-h-[60dvh] md:basis-0"
      >
        <img
          src={`data:image/svg+xml,${encodeURIComponent(picture.svg)}`}
          alt={choosing.entry.title}
          className="max-w-none border border-line"
        />
      </div>
    </>
  );
}

/** Save or copy a picture, and say what came of it. */
function usePicture(picture: ExportedPicture) {
  const [last, setLast] = useState<{ readonly of: ExportedPicture; readonly words: string }>();
  const say = (words: string): void => setLast({ of: picture, words });
  const saveSvg = (): void => {
    saveText(`${picture.name}.svg`, 'image/svg+xml', picture.svg);
    say(`Saved as ${picture.name}.svg.`);
  };
  const savePng = async (): Promise<void> => {
    const png = await pngOf(picture.svg);
    if (png.ok) saveBlob(`${picture.name}.png`, png.value);
    say(png.ok ? `Saved as ${picture.name}.png.` : `Not saved: ${png.error}.`);
  };
  const copy = async (): Promise<void> => {
    const png = await pngOf(picture.svg);
    if (!png.ok) return say(`Not copied: ${png.error}.`);
    const copied = await copyPicture(png.value);
    return say(copied ? 'Copied.' : 'The browser refuses the clipboard. Save the picture instead.');
  };
  const said = last?.of === picture ? last.words : undefined;
  return { said, saveSvg, savePng: () => void savePng(), copy: () => void copy() };
}

/** Nothing to preview: the browser shows what it prints. */
export function HandoutView() {
  return (
    <div>
      <Button tone="primary" onClick={printPage}>
        Print
      </Button>
    </div>
  );
}
