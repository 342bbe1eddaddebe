import type { Check, CheckRecord } from '../../components/check/check-data.js';
import { chooseAdministration } from '../../components/check/choose-administration.js';
import type { Loader, PageRequest } from '../../model/loader.js';
import type { CheckData, RepeatedCheck } from './data.js';

/** Loads the form, and what it leads to: a check of a need in words or of a stated need, or a check that was made before. */
export const loadCheck: Loader<CheckData> = async (request) => {
  const record = request.search.get('record');
  return record === null ? loadNew(request) : loadRepeated(request, record);
};

async function loadNew(request: PageRequest): Promise<CheckData> {
  const { search, language, execute, found } = request;
  const text = search.get('text')?.trim() ?? '';
  const topics = search.getAll('topics');
  const need = await loadNeed(search.get('need'), request);
  const administration = await chooseAdministration(request);
  const form = { text, topics, need, administration, repeated: null, topicNames: request.topicNames(topics) };
  // While the reader chooses an administration, a check without one would not be the check that was requested.
  const isUnclear = administration.choices !== null && administration.chosen === null;
  if (isUnclear || (text === '' && !need && topics.length === 0)) return { ...form, check: null, record: null };
  const { reuseCheck } = await execute<{ reuseCheck: (Check & { record: CheckRecord | null }) | null }>('reuse-check', {
    // The graph takes one of them, or topics alone.
    text: need || text === '' ? undefined : text,
    need: need?.id,
    for: administration.chosen?.id,
    topics: topics.length > 0 ? topics : undefined,
    language,
  });
  const { record, ...check } = found(reuseCheck);
  return { ...form, topicNames: request.topicNames([...topics, ...understoodTopics(check)]), check, record };
}

const understoodTopics = ({ understoodAs }: Check): string[] => understoodAs?.map(({ topic }) => topic) ?? [];

async function loadRepeated(request: PageRequest, id: string): Promise<CheckData> {
  const { language, execute, found } = request;
  const response = await execute<{ reuseCheckRecord: RepeatedCheck | null }>('check-record', { id, language });
  const { check, record, ...repeated } = found(response.reuseCheckRecord);
  return {
    text: check.text ?? '',
    topics: [],
    topicNames: request.topicNames(understoodTopics(check)),
    need: await loadNeed(check.needId, request),
    administration: await chooseAdministration({
      ...request,
      search: new URLSearchParams(check.forId === null ? {} : { for: check.forId }),
    }),
    check,
    record,
    repeated,
  };
}

interface NeedResponse {
  readonly node: { readonly need: CheckData['need'] } | null;
}

/** The statement of a need, by its id: `it:need:pnrr-1-4-1`. Without it, the id stands for it: the check itself reports an unknown one. */
async function loadNeed(id: string | null, { language, execute }: PageRequest): Promise<CheckData['need']> {
  if (id === null || id === '') return null;
  const { node } = await execute<NeedResponse>('need-statement', {
    catalogue: `${id.slice(0, 2)}:catalogue`,
    id,
    language,
  });
  return node?.need ?? { id, statement: id, statementLanguage: null };
}
