import { isIP } from 'node:net';

import { z } from 'zod';

/** The environment does not say what a process needs; the message has one line for each fault. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

/** A TCP port as an environment variable holds it. */
export const port = (standard: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port from 0 to 65535')
    .transform(Number)
    .refine((value) => value <= 65_535, 'must be a port from 0 to 65535')
    .default(standard);

/** Where a process listens. By default nobody reaches it from another machine. */
export const listenAddress = z
  .string()
  .refine((value) => isIP(value) !== 0, 'must be an IP address, such as 0.0.0.0 for every network')
  .default('127.0.0.1');

/** An address with one of these schemes. */
export const address = (...schemes: readonly string[]) =>
  z
    .string()
    .refine(
      (value) => isUrl(value) && schemes.some((scheme) => value.toLowerCase().startsWith(`${scheme}://`)),
      `must be an address like ${schemes[0] ?? 'http'}://host:port/path`,
    );

// Not URL.canParse, which in Node 20 fails at random on letters beyond ASCII.
function isUrl(value: string): boolean {
  try {
    return Boolean(new URL(value));
  } catch {
    return false;
  }
}

/**
 * Reads what a process needs from its environment. An empty variable counts as absent.
 *
 * @throws ConfigError naming every variable that is wrong or missing, without repeating values that may be secret.
 */
export function readConfig<Shape extends z.ZodRawShape>(
  shape: Shape,
  environment: NodeJS.ProcessEnv,
): z.output<z.ZodObject<Shape>> {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = z.object(shape).safeParse(present);
  if (result.success) return result.data;
  throw new ConfigError(
    result.error.issues.map((issue) => {
      const name = issue.path.join('.');
      return `${name} ${present[name] === undefined ? 'is missing' : issue.message}`;
    }),
  );
}
