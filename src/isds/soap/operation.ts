/** An operation of ISDS as data: its name and path, how its request is written and its answer read. */
import { type Status, INSTANCE_NAMESPACE, ISDS_NAMESPACE } from './soap.ts';
import type { Service } from '../http/transport.ts';
import type { XmlElement } from '../xml/xml.ts';
import { join, type Markup, xml } from '../xml/xml-text.ts';

/** One operation of ISDS: where it lives, how its request is written and its answer read. */
export interface Operation<Input, Output> {
  /** The name of the request's element. */
  readonly name: string;
  readonly service: Service;
  /** The children of the request's element. */
  readonly write: (input: Input) => Markup;
  /** Called with successful answers only; one about something else than the input is none. */
  readonly read: (answer: XmlElement, status: Status, input: Input) => Output;
}

/** The request's element; the instance namespace is for nil. */
export function requestElement(name: string, content: Markup): Markup {
  return xml`<${name} xmlns="${ISDS_NAMESPACE}" xmlns:xsi="${INSTANCE_NAMESPACE}">${content}</${name}>`;
}

/** An element with text, nil when there is none. */
export function element(name: string, value: string | number | boolean | Date | undefined): Markup {
  if (value === undefined) return xml`<${name} xsi:nil="true"/>`;
  return xml`<${name}>${value instanceof Date ? value.toISOString() : String(value)}</${name}>`;
}

/** Elements in the order given, which is the schema's and is fixed (isds §0.2). */
export function elements(...pairs: readonly (readonly [string, Parameters<typeof element>[1]])[]): Markup {
  return join(pairs.map(([name, value]) => element(name, value)));
}
