/** The folder of the spools, looked at before anybody needs it. */
import { Spool } from './spool.ts';

/** Rejects with an Error that names the folder and what to do when no file can be made there. */
export async function requireSpoolDirectory(directory: string): Promise<void> {
  const spool = new Spool(directory);
  try {
    // Whether there is room shows when it is needed: a full disk passes.
    await spool.begin();
  } catch (cause) {
    // What the system said stands behind the refusal.
    const system = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
    const why = system instanceof Error ? system.message : String(system);
    throw new Error(
      `spoolDirectory: no file can be made in ${directory} (${why}): make the folder and give it to the user who runs the gateway, or set another one`,
      { cause },
    );
  } finally {
    await spool.dispose();
  }
}
