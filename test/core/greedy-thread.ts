/** A thread for tests that takes as much of the processor or of the memory as it is told to. */
import { parentPort } from 'node:worker_threads';

parentPort?.on('message', (what: 'processor' | 'memory' | 'nothing') => {
  const kept: number[][] = [];
  if (what !== 'nothing') for (;;) if (what === 'memory') kept.push(Array<number>(100_000).fill(kept.length));
  parentPort?.postMessage('done');
});
