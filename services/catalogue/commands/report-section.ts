const maxLines = 10;

/** A part of what a command says: a title and its first lines. `count` is how many there are, where these are not all. */
export const section = (title: string, lines: readonly string[], count = lines.length): string[] =>
  lines.length === 0
    ? []
    : [
        '',
        `${title}:`,
        ...lines.slice(0, maxLines).map((line) => `  ${line}`),
        ...(count > maxLines ? [`  … and ${count - maxLines} more, in the report (--report)`] : []),
      ];
