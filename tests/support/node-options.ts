/** The value of `NODE_OPTIONS` that adds options to those of this process. */
export const withNodeOptions = (...options: readonly string[]): string =>
  [process.env['NODE_OPTIONS'] ?? '', ...options].join(' ').trim();
