import path from 'node:path';
import react from '@vitejs/plugin-react';
import type { CSSOptions, InlineConfig } from 'vite';
import { root } from '../root.ts';
import { oneFileStart } from './one-file-start.ts';
import { userGuide } from './user-guide.ts';

/** The NHS.UK frontend blocks that the screens use. Its whole stylesheet is 278 kB, most of it for other services. */
const usedBlocks = [
  'button',
  'checkboxes',
  'date-input',
  'error-message',
  'error-summary',
  'fieldset',
  'form-group',
  'hint',
  'input',
  'label',
  'list',
  'radios',
  'skip-link',
  'summary-list',
  'table',
  'tag',
  'textarea',
  'u-visually-hidden',
];

const usedBlock = new RegExp(`^nhsuk-(?:${usedBlocks.join('|')})(?:__|--|$)`);

/** Drops the rules of unused blocks and of search fields, and the fonts that NHS.UK frontend would fetch. */
const keepUsedStyles: NonNullable<CSSOptions['lightningcss']>['visitor'] = {
  Rule: {
    'font-face': () => [],
    style: ({ value: { selectors } }) => {
      const used = selectors.some((selector) =>
        selector.every((part) => {
          if (part.type === 'attribute') return part.operation?.value !== 'search';
          return part.type !== 'class' || !part.name.startsWith('nhsuk-') || usedBlock.test(part.name);
        }),
      );
      return used ? undefined : [];
    },
  },
};

/**
 * The page, served as app://viewer/. The content security policy forbids inline scripts and styles, so nothing is inlined and no
 * polyfill is injected.
 */
export const rendererBundle: InlineConfig = {
  root: path.join(root, 'renderer'),
  base: './',
  publicDir: false,
  resolve: {
    alias: [{ find: /^nhsuk-frontend$/, replacement: path.join(import.meta.dirname, 'nhsuk-scripts.ts') }],
  },
  plugins: [oneFileStart, react(), userGuide(path.join(root, 'docs/user-guide.md'))],
  css: { transformer: 'lightningcss', lightningcss: { visitor: keepUsedStyles } },
  build: {
    emptyOutDir: true,
    target: 'chrome130',
    sourcemap: false,
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    // All that the first screen needs in one file: else the page asks for further ones once it has read the first.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'index', tags: ['$initial'] }] } } },
  },
};
