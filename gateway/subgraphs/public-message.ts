import { toPlainText } from '../../schema/values/plain-text.js';

/** Messages of this graph's services are shorter. */
const maxLength = 300;

/** What a message may reveal of a subgraph's machine. */
const internals: readonly (readonly [RegExp, string])[] = [
  // The scheme and user of an address that follows, such as a database's.
  [/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/@"']{0,100}@/gi, ''],
  [/(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?::\d{1,5})?(?![\w.]*\d)/g, '[address]'],
  [/(?<![\w:])(?:[0-9a-f]{1,4}:){0,7}:(?:[0-9a-f]{1,4}:){0,7}[0-9a-f]{1,4}(?![\w:])/gi, '[address]'],
  // Names that only one network knows.
  [
    /(?<![\w.-])(?:localhost|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,6}\.(?:internal|local|localdomain|svc))(?::\d{1,5})?(?![\w-])/gi,
    '[address]',
  ],
  [/(?:file:\/\/|[a-z]:)?(?:[\\/][\w@.+-]{1,100}){1,30}\.[cm]?[jt]sx?(?::\d{1,9}){0,2}/gi, '[file]'],
];

/**
 * Returns the message of a subgraph's error as clients may see it: its first line, shortened, without invisible characters,
 * addresses of machines and paths of source files.
 */
export function toPublicMessage(message: string): string {
  // No more than the result can contain is searched.
  const [line = ''] = message
    .slice(0, 4 * maxLength)
    .trimStart()
    .split(/[\r\n\u2028\u2029]/, 1);
  const text = internals.reduce((rest, [pattern, name]) => rest.replace(pattern, name), toPlainText(line)).trim();
  return text.length > maxLength ? `${text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '')}…` : text;
}
