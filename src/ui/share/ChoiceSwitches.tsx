import { Switch } from '../shared/Switch.tsx';
import type { ExportEntry, ShareChoices } from './exports.ts';

export interface ChoiceProps {
  readonly entry: ExportEntry;
  readonly choices: ShareChoices;
  readonly onChoices: (choices: ShareChoices) => void;
}

/** What can be chosen about an export. */
export function ChoiceSwitches({ entry, choices, onChoices }: ChoiceProps) {
  return (
    <>
      {entry.choices.includes('path') && (
        <Switch
          label="Call path"
          checked={choices.path}
          onChange={(path) => onChoices({ ...choices, path })}
        />
      )}
      {entry.choices.includes('run') && (
        <Switch
          label="Whole run"
          title="The lanes of the whole run so far, or of the operation at the cursor alone"
          checked={choices.run === 'whole'}
          onChange={(whole) => onChoices({ ...choices, run: whole ? 'whole' : 'step' })}
        />
      )}
      {entry.choices.includes('light') && (
        <Switch
          label="For paper"
          title="In light colours, whatever those of the page"
          checked={choices.light}
          onChange={(light) => onChoices({ ...choices, light })}
        />
      )}
      {entry.choices.includes('differences') && (
        <Switch
          label="Differences only"
          title="Only where the kernels differ, and what a patch touches"
          checked={choices.differences}
          onChange={(differences) => onChoices({ ...choices, differences })}
        />
      )}
    </>
  );
}
