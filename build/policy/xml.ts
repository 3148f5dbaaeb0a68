/**
 * Writes the XML of the Group Policy templates: indented elements, escaped text. Own, because xmlbuilder2 would bring four
 * packages for thirty lines, and the templates are read back by a test.
 */

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: string | readonly XmlElement[];
}

/** `content`: text, which is escaped later, or elements. */
export function xml(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  content: XmlElement['content'] = [],
): XmlElement {
  return { name, attributes, content };
}

/** Lines end as Windows has them. */
export function xmlDocument(element: XmlElement): string {
  return ['<?xml version="1.0" encoding="utf-8"?>', ...render(element, ''), ''].join('\r\n');
}

function render({ name, attributes, content }: XmlElement, indent: string): readonly string[] {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const start = `${indent}<${name}${pairs.join('')}`;
  if (content.length === 0) return [`${start} />`];
  if (typeof content === 'string') return [`${start}>${escaped(content)}</${name}>`];
  return [`${start}>`, ...content.flatMap((child) => render(child, `${indent}  `)), `${indent}</${name}>`];
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
