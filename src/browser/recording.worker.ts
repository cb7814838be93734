import { openRecording } from '#trace/recording-answers.ts';
import { pause } from './pause.ts';
import { RecordingDesk } from './recording-desk.ts';
import type { FromReader, ToReader } from './recording-messages.ts';
import { fileSource } from './recording-source.ts';

const tell = (message: FromReader): void => postMessage(message);

const desk = new RecordingDesk({
  tell,
  sourceOf: fileSource,
  read: (source, stop, onProgress) => openRecording(source, stop, onProgress, pause),
  now: () => performance.now(),
});

tell({ id: 0, kind: 'ready' });
addEventListener('message', ({ data }: MessageEvent<ToReader>) => desk.hear(data));
