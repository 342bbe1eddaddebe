import { readdirSync } from 'node:fs';

import { projectPath, readProjectFile } from '../../../../schema/files.js';
import { languages } from '../model/languages.js';
import { messagesFolder, readMessageFile } from './message-files.js';

const webFolder = 'services/portal/web';
const filesOf = (language: string): string[] =>
  readdirSync(projectPath(`${messagesFolder}/${language}`))
    .map((file) => file.replace('.json', ''))
    .sort();
const files = filesOf('en');
const english = Object.assign({}, ...files.map((file) => readMessageFile('en', file))) as Record<string, string>;

/** `{count, plural, …}` and `{name}` -> count, name */
const placeholdersOf = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\s*(\w+)\s*[,}]/g)].map(([, name = '']) => name))]
    // What a plural shows is in braces, too: `{count, plural, one {query} other {queries}}`.
    .filter((name) =>
      new RegExp(`\\{\\s*${name}\\s*,|(?<!(?:zero|one|two|few|many|other|=\\d+)\\s*)\\{\\s*${name}\\s*\\}`).test(text),
    )
    .sort();

/** The ids that the pages use, as expressions: a part that is only known when a page is rendered may be any name. */
const usedIds = readdirSync(projectPath(webFolder), { recursive: true, encoding: 'utf8' })
  .filter((file) => /(?<!\.test)\.tsx?$/.test(file))
  .flatMap((file) => [
    ...readProjectFile(`${webFolder}/${file}`).matchAll(
      new RegExp(`(['"\`])((?:${files.join('|')})\\.[^'"\`\\s]+)\\1`, 'g'),
    ),
  ])
  .map(([, , id = '']) => id)
  .filter((id) => !id.endsWith('.json'))
  .map((id) => new RegExp(`^${id.replace(/[.]/g, '\\.').replace(/\$\{.*?\}/g, '[\\w-]+')}$`));

describe('the message files', () => {
  it.each(languages)('%s: the files are the same, with the same texts and placeholders as in English', (language) => {
    expect(filesOf(language)).toEqual(files);
    for (const file of files) {
      const texts = readMessageFile(language, file);
      const describeTexts = (all: Record<string, string>) =>
        Object.fromEntries(
          Object.entries(all)
            .filter(([id]) => id.startsWith(`${file}.`))
            .map(([id, text]) => [id, placeholdersOf(text)]),
        );
      expect(describeTexts(texts)).toEqual(describeTexts(english));
      expect(Object.entries(texts).filter(([, text]) => text.trim() === '')).toEqual([]);
    }
  });

  it('contain every text that a page uses, and no other', () => {
    const ids = Object.keys(english);
    expect(usedIds.filter((used) => !ids.some((id) => used.test(id))).map(String)).toEqual([]);
    expect(ids.filter((id) => !usedIds.some((used) => used.test(id)))).toEqual([]);
  });
});
