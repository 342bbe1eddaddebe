import { editDistance } from '../../shared/edit-distance.js';
import { maxEdits } from '../../shared/search-text.js';
import type { Topics, TopicWord } from './find-topics.js';
import { letterSet, mayBeWithin } from '../../shared/letter-set.js';
import type { WordForms } from './lookup-words.js';

/**
 * Corrects typing errors in words that the index may not contain: those of the terms of topics. Like words of the index, the
 * nearest ones count, and none that is further than the nearest word of the index.
 */
export function correctTopicWord<Forms extends WordForms>(forms: Forms, { byForm, vocabulary }: Topics): Forms {
  const { words, isKnown, stems, corrections, correctedStems } = forms;
  const [word = ''] = words;
  if (isKnown || maxEdits(word) === 0 || [...words, ...stems].some((form) => byForm.has(form))) return forms;
  let fewest = corrections[0] === undefined ? Infinity : editDistance(word, corrections[0], 3);
  let found: (readonly string[])[] = [];
  // An inflected word is nearest to a term by its stem: `Sitzugnen`, where the term is `Sitzung`.
  for (const form of [word, ...stems]) {
    const [written, known] = findVocabulary(form, vocabulary);
    const letters = letterSet(written);
    const allowed = maxEdits(written);
    for (const other of known) {
      const edits = Math.min(fewest, allowed);
      if (Math.abs(other.word.length - written.length) > edits || !mayBeWithin(letters, other.letters, edits)) continue;
      const distance = editDistance(written, other.word, edits);
      if (distance === Infinity) continue;
      if (distance < fewest) found = [];
      found.push(other.forms);
      fewest = distance;
    }
  }
  return found.length === 0 ? forms : { ...forms, correctedStems: [...new Set([...correctedStems, ...found.flat()])] };
}

/** A word with all words; a stem with the stems of its language. */
function findVocabulary(
  form: string,
  vocabulary: Topics['vocabulary'],
): readonly [written: string, known: readonly TopicWord[]] {
  const prefix = form.indexOf('.');
  return [form.slice(prefix + 1), vocabulary.get(form.slice(0, Math.max(0, prefix))) ?? []];
}
