/** The user guide as the Help screen draws it; `build/bundles/user-guide.ts` reads it from `docs/user-guide.md`. */
export interface GuideText {
  readonly style: 'plain' | 'strong' | 'emphasis';
  readonly text: string;
}

export type GuideBlock =
  | { readonly kind: 'heading'; readonly level: number; readonly text: readonly GuideText[] }
  | { readonly kind: 'paragraph'; readonly text: readonly GuideText[] }
  | {
      readonly kind: 'list';
      readonly isNumbered: boolean;
      readonly items: readonly (readonly GuideBlock[])[];
    }
  | {
      readonly kind: 'table';
      readonly header: readonly (readonly GuideText[])[];
      readonly rows: readonly (readonly (readonly GuideText[])[])[];
    };
