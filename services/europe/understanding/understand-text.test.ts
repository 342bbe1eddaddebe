import { startTestIndex, type TestIndex } from '../testing/test-index.js';
import { termsByTopic } from '../search/topics.js';
import { understandText } from './understand-text.js';
import { loadVocabulary } from './vocabulary.js';

let index: TestIndex;
beforeAll(async () => {
  index = await startTestIndex([]);
});
afterAll(() => index.close());

const topicsOf = async (text: string): Promise<string[]> =>
  (await understandText(index.database.query, text)).map(({ topic }) => topic);

it.each([
  ['ignores what introduces any need', 'Vi søger et nyt digitalt system til kommunens parkering', 'parking'],
  ['finds inflected words', 'Verwaltung der Friedhöfe', 'cemetery'],
  ['finds a compound by its first part', 'Planung der Müllabfuhrtouren', 'waste'],
  ['finds a compound by its last part', 'Onderhoud van de stadsbibliotheek', 'library'],
  [
    'finds a term of several words, of which each applies to anything',
    'Sistema di gestione documentale',
    'document-management',
  ],
  ['finds a misspelt word', 'Gestion des cimetieers', 'cemetery'],
  [
    'does not take a short word for another with the same stem',
    'Uren kopen per kwartaal voor het zwembad',
    'swimming-pools',
  ],
  ['prefers what is needed to where it is used', 'Software for payroll, used by libraries and schools', 'payroll'],
  ['prefers what is needed to who needs it', 'De burgers willen een parkeervergunning', 'parking'],
])('%s', async (_what, text, topic) => {
  expect((await topicsOf(text))[0]).toBe(topic);
});

it('reads a stop word of the language of the text as nothing else', async () => {
  // In Dutch, `pers` is the press.
  expect(await topicsOf('Gestione delle scuole per il comune')).not.toContain('press');
});

it('finds nothing in a text without words of a topic', async () => {
  for (const text of ['', '!', 'We need a new system', 'xqzzt'.repeat(20), '\0', "' | & : * \\"])
    expect(await topicsOf(text)).toEqual([]);
});

it('rejects a text that is too long', async () => {
  await expect(topicsOf('a'.repeat(501))).rejects.toThrow('at most 500 are allowed');
});

it('knows words of topics only', async () => {
  const { byForm } = await loadVocabulary(index.database.query);
  const topics = new Set([...byForm.values()].flat().map(({ topic }) => topic));
  expect([...topics].filter((topic) => !termsByTopic.has(topic))).toEqual([]);
});
