const code = 'font-mono text-ink';

/** Say in short how a recording of another kernel comes into the project. */
export function AddRecording() {
  return (
    <details className="border-t border-line pt-2">
      <summary className="cursor-pointer font-semibold">Add a recording of your kernel</summary>
      <ol className="mt-2 flex list-decimal flex-col gap-1 pl-5">
        <li>
          Trace <code className={code}>function_graph</code> with the functions of{' '}
          <code className={code}>vocabulary.json</code> and the events{' '}
          <code className={code}>kvm:kvm_entry</code> and <code className={code}>kvm:kvm_exit</code>, while a
          small guest runs the program.
        </li>
        <li>
          Let the VMM write two lines to <code className={code}>trace_marker</code> for each step: who does
          what, and the state after it.
        </li>
        <li>
          <code className={`${code} [overflow-wrap:anywhere]`}>
            npm run -s svmscope -- record TRACE.txt PROGRAM.json --kernel ID
          </code>{' '}
          prints the case; put it into <code className={code}>src/program/conformance/</code>.
        </li>
        <li>
          <code className={code}>npm run conformance</code> holds the model against it, and it appears here.
        </li>
      </ol>
      <p className="mt-1">
        The format of the lines and of the case:{' '}
        <code className={code}>src/program/conformance/README.md</code>.
      </p>
    </details>
  );
}
