const collator = new Intl.Collator('en', { sensitivity: 'base', ignorePunctuation: true });

/** Whether two names differ in letter case, accents and punctuation at most. */
export const isSameName = (one: string, other: string): boolean => collator.compare(one.trim(), other.trim()) === 0;

/** What has names in several languages, and other names. */
export interface NamedInAnyLanguage {
  readonly names: readonly { readonly text: string }[];
  readonly alternativeNames: readonly { readonly text: string }[];
}

/** Whether something has a name, in any language. */
export const isCalled = ({ names, alternativeNames }: NamedInAnyLanguage, name: string): boolean =>
  [...names, ...alternativeNames].some(({ text }) => isSameName(text, name));
