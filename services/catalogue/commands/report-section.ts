const mostShown = 10;

/** A part of what a command says: a title and its first lines. `count` is how many there are, where these are not all. */
export const section = (title: string, lines: readonly string[], count = lines.length): string[] =>
  lines.length === 0
    ? []
    : [
        '',
        `${title}:`,
        ...lines.slice(0, mostShown).map((line) => `  ${line}`),
        ...(count > mostShown ? [`  … and ${count - mostShown} more, in the report (--report)`] : []),
      ];
