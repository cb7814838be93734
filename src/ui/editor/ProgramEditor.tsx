import type { KeyboardEvent } from 'react';

import { PanelFrame } from '../shared/PanelFrame.tsx';
import { EditorFields } from './EditorFields.tsx';
import { EditorFooter } from './EditorFooter.tsx';
import { EditorMessage } from './EditorMessage.tsx';
import { EditorTools } from './EditorTools.tsx';
import { PasteBox } from './PasteBox.tsx';
import { useProgramEditor, type EditorProps } from './useProgramEditor.ts';

/** Edit the program as text. What runs is replaced only by a program without a fault. */
export function ProgramEditor(props: EditorProps) {
  const { program, onCancel } = props;
  const editor = useProgramEditor(props);
  const { checked, message, pasting, load, apply } = editor;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onCancel();
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) apply();
    else return;
    event.preventDefault();
  };
  return (
    // The keys of what is inside, on their way up.
    <div role="presentation" onKeyDown={onKeyDown} className="h-full min-h-0">
      <PanelFrame
        title="Program editor"
        footer={<EditorFooter {...{ program, checked, onCancel }} onApply={apply} />}
      >
        <EditorTools
          canSave={checked.ok}
          pasting={pasting}
          onFiles={(files) => void editor.takeFiles(files)}
          onSave={editor.save}
          onPasting={() => editor.setPasting(!pasting)}
        />
        {message && (
          <EditorMessage
            message={message}
            onLoad={load}
            onStartOver={editor.startOver}
            onBringBack={editor.bringBack}
            onDismiss={() => editor.say(undefined)}
          />
        )}
        {pasting && <PasteBox onLoad={load} onClose={() => editor.setPasting(false)} />}
        <EditorFields key={editor.generation} editor={editor} />
      </PanelFrame>
    </div>
  );
}
