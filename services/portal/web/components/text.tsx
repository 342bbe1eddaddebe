interface TextProps {
  /** A text that a source states. It may contain anything. */
  readonly value: string;
  /** Its language, as a BCP 47 tag. */
  readonly lang?: string | null | undefined;
}

/** A text of a catalogue: isolated from its surroundings, whatever direction it has, and with its language. */
export const Text = ({ value, lang }: TextProps) => <bdi lang={lang ?? undefined}>{value}</bdi>;
