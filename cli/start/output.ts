import { styleText } from 'node:util';

import { type LogLine, readLogLine } from './log-line.js';

/** Prints the output of the processes, each line after the name of its process. */
export interface Output {
  /** A line as a process wrote it. */
  readonly line: (name: string, line: string) => void;
  /** Prints a message of the runner itself. */
  readonly log: (text: string, severity?: LogLine['severity']) => void;
  /** Text without a prefix. */
  readonly plain: (text: string) => void;
}

/** The name of the runner. */
const runner = 'start';

const colours = ['cyan', 'magenta', 'green', 'blue', 'yellow', 'cyanBright', 'magentaBright', 'greenBright'] as const;

/** @param names of all processes, so that all prefixes are as wide as the longest. */
export function createOutput(names: readonly string[], colour: boolean, write: (text: string) => void): Output {
  const width = Math.max(...[...names, runner].map(({ length }) => length));
  const paint = (style: Parameters<typeof styleText>[0], text: string): string =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const mark = { info: '', warning: paint('yellow', 'warning: '), error: paint('red', 'error: ') };

  const print = (name: string, { severity, text }: LogLine): void => {
    const style = colours[names.indexOf(name) % colours.length] ?? 'bold';
    const prefix = paint(style, `${name.padEnd(width)} │ `);
    const [first = '', ...rest] = text.split('\n');
    write([prefix + mark[severity] + first, ...rest.map((line) => prefix + line), ''].join('\n'));
  };

  return {
    line: (name, line) => {
      print(name, readLogLine(line));
    },
    log: (text, severity = 'info') => {
      print(runner, { severity, text });
    },
    plain: (text) => {
      write(`${text}\n`);
    },
  };
}

/** Whether the terminal shows colours and its user wants them (https://no-color.org). */
export const wantsColour = (stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): boolean =>
  stream.isTTY && !env['NO_COLOR'];
