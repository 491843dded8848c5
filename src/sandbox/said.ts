/** What a request says, as far as it could be read. */
import type { Answer } from './answer.ts';
import type { XmlElement } from './xml-reader.ts';

export interface Said {
  /** The request element, unless the body is not SOAP. */
  readonly soap?: XmlElement;
  readonly problem?: string;
  /** The multipart body had no end. */
  readonly unfinished?: true;
  /** What is answered to a request that does not come as far as SOAP. */
  readonly refusal?: Answer;
}
