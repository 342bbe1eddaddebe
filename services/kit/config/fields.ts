import { isIP } from 'node:net';

import { z } from 'zod';

/** The kinds of value that an environment variable can have. Messages continue a line that begins with the variable's name. */

/** A whole number. */
export function integer({ min = 0, max, unit = 'a whole number' }: IntegerOptions) {
  const message = `must be ${unit} from ${min} to ${max}`;
  return z
    .string()
    .regex(new RegExp(`^\\d{1,${String(max).length}}$`), message)
    .transform(Number)
    .pipe(z.number().min(min, message).max(max, message));
}

interface IntegerOptions {
  readonly min?: number;
  readonly max: number;
  /** What the number is, in the message. */
  readonly unit?: string;
}

/** A TCP port. */
export const port = ({ min = 0 } = {}) => integer({ min, max: 65_535, unit: 'a port' });

export const boolean = () =>
  z.stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive', error: 'must be true or false' });

export const ipAddress = () =>
  z.string().refine((value) => isIP(value) !== 0, 'must be an IP address, such as 0.0.0.0 for every network');

/** A URL with one of these schemes. */
export const url = (...schemes: readonly string[]) =>
  z
    .string()
    .refine((value) => isUrl(value, schemes), `must be an address like ${schemes[0] ?? 'http'}://host:port/path`);

/** Origins of web pages, separated by commas. */
export const originList = () =>
  z
    .string()
    .transform(splitList)
    .refine(
      (origins) => origins.every((origin) => parseUrl(origin)?.origin === origin),
      'must be origins, such as https://example.org, separated by commas',
    );

/** Names, separated by commas, each one of those given. */
export const nameList = <Name extends string>(names: readonly Name[]) =>
  z
    .string()
    .transform(splitList)
    .refine(
      (values): values is Name[] => values.every((value) => (names as readonly string[]).includes(value)),
      `must be some of ${names.join(', ')}, separated by commas`,
    );

/** A variable that is not supported by this process. */
export const unsupported = (reason: string) => z.undefined({ error: `cannot be set: ${reason}` });

/** Whether a text is a URL with one of these schemes. */
export const isUrl = (text: string, schemes: readonly string[]): boolean =>
  schemes.some((scheme) => text.toLowerCase().startsWith(`${scheme}://`)) && parseUrl(text) !== null;

const splitList = (text: string): string[] => text.split(',').map((part) => part.trim());

// Not URL.canParse, which in Node 20 fails at random on letters beyond ASCII. Nor z.url, which uses it.
function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
