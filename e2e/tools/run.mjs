import { spawn } from 'node:child_process';

/**
 * Run a program to its end and give its exit status; null where it could not run or took too long.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ readonly seconds?: number, readonly quiet?: boolean }} [options]
 * @returns {Promise<number | null>}
 */
export function run(command, args, { seconds, quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: quiet ? 'ignore' : 'inherit',
      // Not spawn's own timeout: where the program does not exist, its timer keeps Node alive to the end.
      ...(seconds === undefined ? {} : { signal: AbortSignal.timeout(seconds * 1000) }),
      killSignal: 'SIGKILL',
    });
    child.on('error', () => resolve(null));
    child.on('exit', (status) => resolve(status));
  });
}
