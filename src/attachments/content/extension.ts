/** The extension of a file by nothing but its content. */
import type { Content } from '../types.ts';
import { kindName } from './kinds.ts';
import { recognise } from './recognise.ts';

/** Undefined when it could be one of several, none that ISDS takes, or nobody knows. */
export async function extensionByContent(content: Content): Promise<string | undefined> {
  if (content.size === 0) return undefined;
  const { kind } = await recognise(content);
  const extensions = kindName(kind)?.extensions;
  return typeof extensions === 'string' ? extensions.slice(1) : undefined;
}
