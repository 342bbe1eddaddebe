interface CodeProps {
  /** An id or a code that a catalogue states. It may contain anything. */
  readonly children: string;
}

/** An id or a code: isolated from its surroundings, as any text of a catalogue is. */
export const Code = ({ children }: CodeProps) => (
  <code>
    <bdi>{children}</bdi>
  </code>
);
