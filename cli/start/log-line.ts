import { z } from 'zod';

/** A line of a process as a person reads it. */
export interface LogLine {
  readonly severity: 'info' | 'warning' | 'error';
  /** One or more lines. */
  readonly text: string;
}

const pinoLine = z.object({
  level: z.union([z.number(), z.string()]),
  msg: z.string().optional(),
  err: z.object({ message: z.string().optional(), stack: z.string().optional() }).optional(),
});

const levels: Readonly<Record<string, number>> = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 };

/** Parses a line of output: a JSON line of pino becomes its message, any other line stays as it is. */
export function readLogLine(line: string): LogLine {
  const parsed = pinoLine.safeParse(parseJson(line));
  if (!parsed.success) return { severity: 'info', text: line };
  const { level, msg, err } = parsed.data;
  const severity = severityOf(typeof level === 'number' ? level : (levels[level] ?? 30));
  const reason = severity === 'error' ? (err?.stack ?? err?.message) : err?.message;
  const text = [msg, reason === msg ? undefined : reason].filter(Boolean).join(severity === 'error' ? '\n' : ': ');
  return { severity, text: withoutControls(text) };
}

function severityOf(level: number): LogLine['severity'] {
  if (level >= 50) return 'error';
  return level >= 40 ? 'warning' : 'info';
}

/** A message may quote what a client sent, and a terminal obeys escape sequences. */
const withoutControls = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replaceAll(/\p{Cc}+/gu, ' '))
    .join('\n');

function parseJson(line: string): unknown {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
