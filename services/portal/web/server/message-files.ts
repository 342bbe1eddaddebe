import { readdirSync } from 'node:fs';

import { projectPath, readProjectFile } from '../../../../schema/files.js';
import { type Language, languages } from '../model/languages.js';
import type { Messages } from '../model/page-content.js';

export const messagesFolder = 'services/portal/web/messages';

/** The texts of the pages: `messages/<language>/<file>.json`. */
export interface MessageFiles {
  /** The texts of some files in one language, each by the name of its file and its own: `home.title`. */
  readonly of: (language: Language, files: readonly string[]) => Messages;
}

/** Reads all message files. */
export function readMessageFiles(): MessageFiles {
  const files = new Map(
    languages.flatMap((language) =>
      readdirSync(projectPath(`${messagesFolder}/${language}`)).map((file): [string, Messages] => {
        const name = file.replace('.json', '');
        return [`${language}/${name}`, readMessageFile(language, name)];
      }),
    ),
  );
  return {
    of: (language, names) => Object.assign({}, ...names.map((name) => files.get(`${language}/${name}`))) as Messages,
  };
}

/** Reads the texts of one file in one language. */
export function readMessageFile(language: Language, name: string): Messages {
  const texts = JSON.parse(readProjectFile(`${messagesFolder}/${language}/${name}.json`)) as Messages;
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [`${name}.${key}`, text]));
}
