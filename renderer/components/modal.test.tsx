import { expect, test } from 'vitest';
import { drawn } from '../testing/drawn.ts';
import { Modal } from './modal.tsx';

test('what is said while a dialogue is open is said inside it: all else is inert', () => {
  const { html } = drawn(
    <Modal heading="A dialogue" onDismiss={() => {}}>
      words
    </Modal>,
  );
  expect(html).toMatch(/^<dialog.*words<div[^>]*role="status">.*<\/dialog>$/);
});
