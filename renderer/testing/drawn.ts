import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

export interface Drawn {
  readonly html: string;
  /** The words in their order, those for assistive technology too, with one space between. */
  readonly text: string;
}

/** For tests: the first rendering of a component, as text, without a browser. */
export function drawn(node: ReactNode): Drawn {
  const html = renderToStaticMarkup(node);
  return { html, text: plain(html.replaceAll(/<[^>]*>/g, ' ')) };
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
};

function plain(text: string): string {
  return text
    .replaceAll(/&[#\w]+;/g, (entity) => entities[entity] ?? entity)
    .replaceAll(/\s+/g, ' ')
    .trim();
}
