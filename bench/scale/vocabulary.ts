import { parse } from 'csv-parse/sync';

import { countries } from '../../schema/values/countries.js';
import { readProjectFile } from '../../schema/files.js';
import { normalise } from '../../services/shared/normalise.js';
import { zipf } from './distributions.js';
import type { Random } from '../../services/kit/testing/random.js';

/** The number of words of a language. The words of real catalogues include names, products and misprints. */
const size = 300_000;

/** The words of the bundled records' descriptions, by language, the commonest first. */
const realWords: ReadonlyMap<string, readonly string[]> = countWords();

/** Words of a language, common ones more often. Invented words follow where the real ones end. */
export const writeWords = (random: Random, language: string, count: number): string =>
  Array.from({ length: count }, () => wordOf(language, zipf(random, size))).join(' ');

function wordOf(language: string, rank: number): string {
  const real = realWords.get(language) ?? [];
  return real[rank] ?? inventWord(rank - real.length);
}

const beginnings = ['b', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'st', 'tr', 'br'];
const middles = ['a', 'e', 'i', 'o', 'u', 'ei', 'on', 'er', 'an', 'is'];

/** `0` -> `bada`: the higher the rank, the longer. */
function inventWord(rank: number): string {
  let rest = rank;
  let word = '';
  for (let syllable = 0; syllable < 2 || rest > 0; syllable += 1) {
    word += (beginnings[rest % 16] ?? '') + (middles[Math.floor(rest / 16) % 10] ?? '');
    rest = Math.floor(rest / 160);
  }
  return word;
}

function countWords(): Map<string, string[]> {
  const counts = new Map<string, Map<string, number>>();
  for (const { folder } of countries) {
    const rows = parse(readProjectFile(`services/${folder}/data/records.csv`), { columns: true, bom: true });
    for (const [column, text] of (rows as Record<string, string>[]).flatMap(Object.entries<string>)) {
      const [, language] = /^short_description_(\w+)$/.exec(column) ?? [];
      if (language === undefined) continue;
      const words = counts.get(language) ?? new Map<string, number>();
      counts.set(language, words);
      for (const word of normalise(text).split(' ')) if (word !== '') words.set(word, (words.get(word) ?? 0) + 1);
    }
  }
  const byCount = (words: Map<string, number>): string[] =>
    [...words].sort(([, one], [, other]) => other - one).map(([word]) => word);
  return new Map([...counts].map(([language, words]) => [language, byCount(words)]));
}
