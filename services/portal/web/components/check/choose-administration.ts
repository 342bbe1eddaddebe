import type { PageRequest } from '../../model/loader.js';
import type { AdministrationChoice, ChosenAdministration, Named } from './check-data.js';

interface NameResponse {
  readonly organisation: (Named & { readonly id: string; readonly country: string }) | null;
}

interface FindResponse {
  readonly administrations: {
    readonly nodes: readonly (AdministrationChoice | null)[];
    readonly fuzzy: boolean | null;
    readonly totalCount: number;
  } | null;
}

/**
 * Determines the administration of a view: `for` is its id, `administration` words of its name or one of its codes. Words that fit
 * one administration exactly choose it; otherwise the reader chooses.
 */
export async function chooseAdministration({
  search,
  language,
  execute,
}: Pick<PageRequest, 'search' | 'language' | 'execute'>): Promise<ChosenAdministration> {
  const words = search.get('administration')?.trim() ?? '';
  const id = isId(words) ? words : search.get('for');
  if (id !== null && id !== '') {
    const { organisation } = await execute<NameResponse>('administration-name', { id, language });
    // While its country does not respond, the index can still check for it.
    const chosen = organisation ?? { name: id, nameLanguage: null, country: id.slice(0, 2).toUpperCase() };
    return { words: '', chosen: { ...chosen, id }, choices: null };
  }
  if (words === '') return { words, chosen: null, choices: null };
  const { administrations } = await execute<FindResponse>('find-administration', {
    search: words.slice(0, maxSearch),
    language,
  });
  const choices = administrations?.nodes.filter((choice) => choice !== null) ?? [];
  const [only] = choices;
  const isClear = administrations?.totalCount === 1 && administrations.fuzzy !== true;
  return isClear && only ? { words: '', chosen: only, choices: null } : { words, chosen: null, choices };
}

/** As long as the graph allows words to be. */
const maxSearch = 100;

const isId = (text: string): boolean => /^[a-z]{2}:administration:\S+$/.test(text);
