import { findTextTopics } from './text-topics.js';

const topicsOf = (language: string, text: string): string[] =>
  findTextTopics([{ language, text }]).map(({ relation, topic }) => `${relation} ${topic}`);

it.each([
  ['da', 'Biblioteker', ['CLOSE library']],
  ['da', 'Folkebiblioteker og kultur', ['RELATED culture']],
  ['en', 'Council decisions', ['CLOSE council-decisions']],
  ['en', 'Publication of council decisions', ['RELATED council-decisions']],
  ['it', 'Biblioteca', ['CLOSE library']],
  ['en', 'Biblioteker', []],
  ['xx', 'library', []],
  ['en', '', []],
])('in %s, %j is about %j', (language, text, expected) => {
  expect(topicsOf(language, text)).toEqual(expect.arrayContaining(expected));
  if (expected.length === 0) expect(topicsOf(language, text)).toEqual([]);
});

it('finds a topic once for all labels, with its strongest relation', () => {
  const labels = [
    { language: 'en', text: 'Library and other services' },
    { language: 'da-DK', text: 'Bibliotek' },
  ];
  expect(findTextTopics(labels).filter(({ topic }) => topic === 'library')).toEqual([
    { topic: 'library', relation: 'CLOSE' },
  ]);
});
