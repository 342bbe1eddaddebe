import type { PageRequest } from '../../model/loader.js';
import { isCalled, type NamedInAnyLanguage } from '../../model/names.js';
import type { AdministrationChoice, ChosenAdministration, Named } from './check-data.js';

interface NameResponse {
  readonly organisation: (Named & { readonly id: string; readonly country: string }) | null;
}

/** An administration that words may mean, with all its names. */
type FoundAdministration = AdministrationChoice & NamedInAnyLanguage;

interface FindResponse {
  readonly administrations: {
    readonly nodes: readonly (FoundAdministration | null)[];
    readonly fuzzy: boolean | null;
    readonly totalCount: number;
  } | null;
}

/**
 * Determines the administration of a view: `for` is its id, `administration` words of its name or one of its codes, which replace it.
 * Words that fit one administration, or are the name of exactly one municipality, choose it; otherwise the reader chooses.
 */
export async function chooseAdministration({
  search,
  language,
  execute,
}: Pick<PageRequest, 'search' | 'language' | 'execute'>): Promise<ChosenAdministration> {
  const words = search.get('administration')?.trim() ?? '';
  const id = isId(words) ? words : words === '' ? search.get('for') : null;
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
  const found = administrations?.nodes.filter((choice) => choice !== null) ?? [];
  const choices = found.map(({ names: _names, alternativeNames: _alternativeNames, ...choice }) => choice);
  const [only] = choices;
  if (administrations?.totalCount === 1 && administrations.fuzzy !== true && only)
    return { words: '', chosen: only, choices: null };
  // Municipalities with this name come first, so that another one would be here, too.
  const [named, ...more] = found.filter((choice) => choice.kind === 'MUNICIPALITY' && isCalled(choice, words));
  if (!named || more.length > 0) return { words, chosen: null, choices };
  const others = choices.filter(({ id: other }) => other !== named.id);
  const chosen = choices.find(({ id: each }) => each === named.id) ?? null;
  return { words, chosen, choices: others.length > 0 ? others : null };
}

/** As long as the graph allows words to be. */
const maxSearch = 100;

const isId = (text: string): boolean => /^[a-z]{2}:administration:\S+$/.test(text);
