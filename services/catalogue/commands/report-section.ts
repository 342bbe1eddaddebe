const maxLines = 10;

/** A section of a command's output: a title and its first lines. `count` is the number of all lines if these are not all. */
export const section = (title: string, lines: readonly string[], count = lines.length): string[] =>
  lines.length === 0
    ? []
    : [
        '',
        `${title}:`,
        ...lines.slice(0, maxLines).map((line) => `  ${line}`),
        ...(count > maxLines ? [`  … and ${count - maxLines} more, in the report (--report)`] : []),
      ];
