/** HTML and SVG in which every text that is put in is escaped. */
import { escapeNotShown } from '../csv.ts';

export interface Html {
  readonly html: string;
}

type Content = Html | string | number | undefined | readonly Content[];

/** Text and numbers become text; what came from `html` itself stays; a list is joined; `undefined` is nothing. */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Html {
  const parts = strings.map((fixed, index) => fixed + rendered(contents[index]));
  return { html: parts.join('') };
}

function rendered(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'number') return String(content);
  if (typeof content === 'string') return escapeNotShown(content).replaceAll(/[&<>"']/g, entity);
  return 'html' in content ? content.html : content.map(rendered).join('');
}

function entity(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
