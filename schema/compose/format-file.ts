import { format, type FormatConfig } from 'oxfmt';

import { readProjectFile } from '../files.js';

/** Formats a generated file as `npm run format` formats others. */
export async function formatFile(name: string, content: string): Promise<string> {
  const { code, errors } = await format(name, content, JSON.parse(readProjectFile('.oxfmtrc.json')) as FormatConfig);
  if (errors.length > 0) throw new Error(`${name}: ${errors.map(({ message }) => message).join(' ')}`);
  return code;
}
