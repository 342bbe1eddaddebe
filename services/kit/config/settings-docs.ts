import type { z } from 'zod';

import { allSettings, getMeta, type SettingsList } from './config.js';

/** A setting in words. */
export interface DescribedSetting {
  readonly variable: string;
  readonly meaning: string;
  /** Empty if there is none. */
  readonly default: string;
}

/** Describes the settings of a list, in its order. */
export const describeSettings = (list: SettingsList): DescribedSetting[] =>
  allSettings(list).map((setting) => {
    const { variable, description = '', file } = getMeta(setting);
    const fromFile = file ? ` Or \`${variable}_FILE\`: a file that contains it.` : '';
    return { variable, meaning: `${description}${fromFile}`, default: defaultOf(setting) };
  });

function defaultOf(setting: z.ZodType): string {
  const { defaultText } = getMeta(setting);
  if (defaultText !== undefined) return defaultText;
  const { success, data } = setting.safeParse(undefined);
  if (!success) return 'required';
  return data === undefined || data === null ? '' : typeof data === 'string' ? data : JSON.stringify(data);
}

/** A table in Markdown. */
export const settingsTable = (list: SettingsList): string =>
  [
    '| variable | default | meaning |',
    '| --- | --- | --- |',
    ...describeSettings(list).map((setting) => `| \`${setting.variable}\` | ${setting.default} | ${setting.meaning} |`),
  ].join('\n');

/** A table for terminals. */
export function settingsHelp(list: SettingsList): string {
  const settings = describeSettings(list);
  const width = Math.max(...settings.map(({ variable }) => variable.length));
  return settings
    .map((setting) => {
      const fallback =
        setting.default === ''
          ? ''
          : setting.default === 'required'
            ? ' Required.'
            : ` Default: ${setting.default.replaceAll('`', '')}.`;
      return `  ${setting.variable.padEnd(width)}  ${setting.meaning.replaceAll('`', '')}${fallback}`;
    })
    .join('\n');
}
