import { chooseAdministration } from '../../components/check/choose-administration.js';
import type { Loader } from '../../model/loader.js';
import type { Need, NeedData } from './data.js';

interface NeedResponse {
  readonly node: { readonly need: Need | null } | null;
}

/** Loads a need with its holders, and a check of it: what meets it, and who has it in other countries. */
export const loadNeed: Loader<NeedData> = async (request) => {
  const { language, search, params, execute, found } = request;
  const id = params['*'] ?? '';
  const parameter = (name: string): string | undefined => (search.get(name) ?? '') || undefined;
  const [state, nuts, asOf] = [parameter('state'), parameter('nuts'), parameter('asOf')];
  const [{ node }, administration] = await Promise.all([
    execute<NeedResponse>('need', {
      catalogue: `${id.slice(0, 2)}:catalogue`,
      id,
      language,
      state,
      nuts,
      asOf,
      after: parameter('after'),
    }),
    chooseAdministration(request),
  ]);
  const need = found(node?.need);
  const { reuseCheck } = await execute<{ reuseCheck: NeedData['check'] }>('reuse-check', {
    need: id,
    for: administration.chosen?.id,
    language,
  });
  return {
    need,
    state: state ?? null,
    nuts: nuts ?? null,
    asOf: asOf ?? null,
    administration,
    check: reuseCheck,
  };
};
