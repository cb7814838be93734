/** Say, while a file is dragged over the page, what dropping it does. */
export function DropSheet() {
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none fixed inset-0 z-50 flex items-center justify-center bg-ground/70 p-2"
    >
      <p className="rounded-sm border-2 border-dashed border-accent bg-panel px-6 py-4 text-base text-accent">
        Drop to open: a program, a recording, a patch, kernel source
      </p>
    </div>
  );
}
