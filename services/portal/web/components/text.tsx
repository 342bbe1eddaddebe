interface TextProps {
  /** A text that a source states. It may contain anything. */
  readonly value: string;
  /** Its language, as a BCP 47 tag. */
  readonly lang?: string | null | undefined;
}

/** A text of a catalogue: isolated from its surroundings, whatever direction it has, and with its language. */
export const Text = ({ value, lang }: TextProps) => <bdi lang={toLanguageTag(lang)}>{value}</bdi>;

/** A language as an attribute: a catalogue may state one that is not written like a tag. */
export const toLanguageTag = (lang: string | null | undefined): string | undefined =>
  lang != null && /^[a-z]{2,3}(?:-[a-z\d]{1,8}){0,4}$/i.test(lang) ? lang : undefined;
