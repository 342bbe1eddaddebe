import { useEffect, useState } from 'react';

import { minSuggestionLength, type Suggestible, type Suggestion, suggestionsPath } from '../../model/suggestion.js';

/** How long a reader pauses before what was typed is looked up. */
const pauseMs = 150;

const none: readonly Suggestion[] = [];

/** What a reader may mean by a text. Null: nothing is looked up. While a text is looked up, the suggestions for the one before remain. */
export function useSuggestions(text: string | null, language: string, of: Suggestible): readonly Suggestion[] {
  const [found, setFound] = useState(none);
  const searched = text?.trim() ?? '';
  const isSearched = searched.length >= minSuggestionLength;
  useEffect(() => {
    if (!isSearched) return undefined;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      read(suggestionsPath(language, searched, of), controller.signal).then(setFound, () => undefined);
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [searched, isSearched, language, of]);
  return isSearched ? found : none;
}

/** Suggestions are a comfort: without them, the form works as it does without scripts. */
async function read(path: string, signal: AbortSignal): Promise<readonly Suggestion[]> {
  const response = await fetch(path, { signal });
  return response.ok ? ((await response.json()) as readonly Suggestion[]) : none;
}
