const mostShown = 10;

/** A part of what a command says: a title and its first lines. */
export const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0
    ? []
    : [
        '',
        `${title}:`,
        ...lines.slice(0, mostShown).map((line) => `  ${line}`),
        ...(lines.length > mostShown ? [`  … and ${lines.length - mostShown} more, in the report (--report)`] : []),
      ];
