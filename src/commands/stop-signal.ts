/** The system's wish that the process ends. */

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Resolves at the first signal from now on; a second one ends the process at once. Call it before anything is started. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      for (const signal of SIGNALS) process.off(signal, stop);
      resolve();
    };
    for (const signal of SIGNALS) process.on(signal, stop);
  });
}
