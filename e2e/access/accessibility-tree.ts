/**
 * The accessibility tree of a page, as text for a reviewer: what a screen reader meets, in its order, and the descriptions that
 * it reads after a name. What moves with the clock, the run or the runtime is replaced by a word in angle brackets.
 */
import type { CDPSession, Page } from '@playwright/test';

interface Spoken {
  readonly role: string;
  readonly name: string;
  readonly description: string;
}

/**
 * One for each page, never detached: with it goes Chromium's tree, and a page whose colours change then crashed now and then
 * (Electron 33; three times in 158 tests, and not once in as many with the session kept).
 */
const sessions = new WeakMap<Page, Promise<CDPSession>>();

interface TextValue {
  readonly value?: unknown;
}

/** Of Chromium's tree; see Chrome DevTools Protocol, `Accessibility.AXNode`. */
interface TreeNode {
  readonly ignored: boolean;
  readonly role?: TextValue;
  readonly name?: TextValue;
  readonly description?: TextValue;
  readonly properties?: readonly { readonly name: string; readonly value: TextValue }[];
}

/** Chromium's own tree, in no order to rely on. */
export async function accessibilityNodes(page: Page): Promise<readonly TreeNode[]> {
  const opened = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, opened);
  const session = await opened;
  return (await session.send('Accessibility.getFullAXTree')).nodes;
}

/** What of that tree is spoken. */
export async function spokenNodes(page: Page): Promise<readonly Spoken[]> {
  const nodes = await accessibilityNodes(page);
  const text = (value: unknown) =>
    String(value ?? '')
      .replaceAll(/\s+/g, ' ')
      .trim();
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, description }) => ({
      role: text(role?.value),
      name: text(name?.value),
      description: text(description?.value),
    }));
}

/** Of the topmost modal dialogue where there is one, with a line for each description. */
export async function accessibilityTree(page: Page): Promise<string> {
  // At night only, and none of it moves the focus.
  await page
    .locator('.out-of-hours')
    .evaluateAll((marks) => marks.map((mark) => mark.setAttribute('aria-hidden', 'true')));
  // What lies behind a modal dialogue is inert.
  const dialogues = page.locator('dialog:modal');
  const shown = (await dialogues.count()) > 0 ? dialogues.last() : page.locator('body');
  const described = (await spokenNodes(page))
    .filter(({ description }) => description !== '')
    .map(({ role, name, description }) => `# ${role} "${name}" is described as: ${description}`);
  return `${[await shown.ariaSnapshot(), ...described.sort()].map(withoutMovingParts).join('\n')}\n`;
}

/** Of a tree: dialogue, headings, tables and what can be pressed. */
export function outlineOf(tree: string): string {
  return tree.replaceAll(/^ *- (?!'?(?:dialog|heading|table|button|link)).*\n/gm, '');
}

const months = 'January|February|March|April|May|June|July|August|September|October|November|December';

const movingParts: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`\\b\\d{1,2} (?:${months}) \\d{4}\\b`, 'g'), '<date>'],
  [/\b\d{2}-[A-Z][a-z]{2}-\d{4}\b|\b\d{4}-\d{2}-\d{2}\b/g, '<date>'],
  [/(?<=textbox "(?:Day|Month|Year)": )"\d+"/g, '<date>'],
  [/\b127\.0\.0\.1:\d+\b/g, '<host>'],
  [/\b\d{1,2}:\d{2}\b|(?<=Time left: )\d+ min/g, '<time>'],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<reference>'],
  [/\b[0-9a-f]{8}\b/g, '<reference>'],
  [/(?<=definition: )linux \S+ \S+/g, '<system>'],
  [/(?<=(?:session|system) bus: )[^;"]+/g, '<state>'],
  [/\b\d+\.\d s\b/g, '<seconds>'],
  [/\b\d+(?:\.\d+){2,3}\b/g, '<version>'],
];

function withoutMovingParts(text: string): string {
  return movingParts.reduce((before, [part, word]) => before.replaceAll(part, word), text);
}
