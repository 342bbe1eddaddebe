import { toSearchText } from '../../shared/name-search.js';
import { toCodeText } from '../crosswalk/codes.js';
import { conceptKey, topicScheme } from '../crosswalk/crosswalk.js';
import type { Content } from '../feed/entry-schemas.js';
import { findTextTopics } from '../search/text-topics.js';
import { periodColumns, toSortName } from './row-values.js';

/** The source rows of code lists and needs. */
export const toNeedRow = {
  CODE_LIST: (content: Content<'CODE_LIST'>) => ({ id: content.id, scheme: content.scheme, content }),
  CODE: (content: Content<'CODE'>) => ({
    id: content.id,
    scheme: content.scheme,
    notation: content.notation,
    broader: content.broaderNotation,
    text_topics: findTextTopics(content.labels).map(({ relation, topic }) => `${relation}:${topic}`),
    search_text: toSearchText([content.notation, ...content.labels.map(({ text }) => text)]),
    content,
  }),
  CODE_MAPPING: (content: Content<'CODE_MAPPING'>) => ({
    id: content.id,
    scheme: content.scheme,
    notation: content.notation,
    relation: content.relation,
    to_scheme: content.toScheme ?? topicScheme,
    to_notation: content.toNotation ?? content.topic,
    content,
  }),
  NEED: (content: Content<'NEED'>) => ({
    id: content.id,
    codes: [...new Set(content.codes.map(conceptKey))],
    sort_name: toSortName(content.statements[0]?.text ?? content.id),
    search_text: `${toSearchText(content.statements.map(({ text }) => text))}${toCodeText(content.codes)}`,
    content,
  }),
  NEED_HOLDER: ({ id, needId, holderId, rule, state, amount, metBy, ...content }: Content<'NEED_HOLDER'>) => ({
    id,
    need_id: needId,
    holder_id: holderId,
    holders_kind: rule?.kind ?? null,
    holders_nuts: rule?.nuts ?? null,
    state,
    ...periodColumns(content),
    amount: amount?.amount ?? null,
    currency: amount?.currency ?? null,
    met_by: [...new Set(metBy)],
    content,
  }),
};
