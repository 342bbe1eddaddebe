import { toSearchText } from '../../../shared/name-search.js';
import { normalise } from '../../../shared/normalise.js';
import { toCodeId, toCodeListId, toMappingId } from '../../model/codes.js';
import { chooseText } from '../../model/names.js';
import type { NationalCatalogue } from '../../model/national-catalogue.js';
import type { CodeListRow, CodeMappingRow, CodeRow, NeedHolderRow, NeedRow } from '../../model/need-rows.js';
import type { LocalisedText } from '../../../shared/languages.js';
import type { ReadRow } from './read-table.js';
import { RowError } from '../core/row-error.js';
import {
  checkPeriod,
  requireKnownIfDomestic,
  requireOwnArea,
  requireOwnRowId,
  toProvenance,
  type References,
} from './row-checks.js';
import * as tables from './table-definitions.js';

/** What a text of a need or a code may have: it is a text of the graph, and in a database index. */
const maxTextLength = 500;

/** The texts of a row in the columns with a prefix. */
function requireTexts(row: Pick<ReadRow<tables.Table>, 'texts'>, prefix: string): LocalisedText[] {
  const texts = row.texts(prefix);
  if (texts.length === 0) throw new RowError(prefix, 'is missing: a text is required in at least one language');
  for (const { language, text } of texts) {
    if (text.length > maxTextLength)
      throw new RowError(`${prefix}${language}`, `is longer than ${maxTextLength} characters`);
    if (texts.filter((other) => other.language === language).length > 1)
      throw new RowError(`${prefix}${language}`, 'has several texts: one per language is allowed');
  }
  return texts;
}

type Sources = Pick<References, 'sources'>;

export const toCodeListRow =
  (national: NationalCatalogue, references: Sources) =>
  (row: ReadRow<typeof tables.codeLists>): CodeListRow => {
    const { cells } = row;
    return {
      id: toCodeListId(national, cells.scheme),
      scheme: cells.scheme,
      titles: requireTexts(row, 'title_'),
      version: cells.version,
      publisher: cells.publisher,
      licence: cells.licence,
      url: cells.url,
      provenance: toProvenance(references, cells),
    };
  };

/** @param schemes the code lists of the catalogue. */
export const toCodeRow =
  (national: NationalCatalogue, references: Sources, schemes: ReadonlySet<string>) =>
  (row: ReadRow<typeof tables.codes>): CodeRow => {
    const { cells } = row;
    const { scheme, notation, broader } = cells;
    if (!schemes.has(scheme))
      throw new RowError('scheme', 'is not a code list of this catalogue: add the list to code_lists.csv');
    if (broader === notation) throw new RowError('broader', 'is the code itself');
    const labels = requireTexts(row, 'label_');
    return {
      id: toCodeId(national, cells),
      scheme,
      notation,
      labels,
      broader,
      provenance: toProvenance(references, cells),
      searchText: toSearchText([...labels.map(({ text }) => text), notation]),
    };
  };

export const toMappingRow =
  (national: NationalCatalogue, references: Sources) =>
  ({ cells }: ReadRow<typeof tables.mappings>): CodeMappingRow => {
    const { scheme, notation, to_scheme: toScheme, to_notation: toNotation, topic } = cells;
    if ((toScheme === null) !== (toNotation === null))
      throw new RowError(
        toScheme === null ? 'to_scheme' : 'to_notation',
        'is empty: a code needs its list and notation',
      );
    if ((toScheme === null) === (topic === null))
      throw new RowError(
        'topic',
        'must be given, or to_scheme and to_notation, and not both: a mapping has one target',
      );
    if (toScheme === scheme && toNotation === notation) throw new RowError('to_notation', 'is the code itself');
    const mapping = { scheme, notation, toScheme, toNotation, topic };
    return {
      id: toMappingId(national, mapping),
      ...mapping,
      relation: cells.relation,
      provenance: toProvenance(references, cells),
    };
  };

export const toNeedRow =
  (national: NationalCatalogue, references: Sources) =>
  (row: ReadRow<typeof tables.needs>): NeedRow => {
    const { cells } = row;
    const statements = requireTexts(row, 'statement_');
    return {
      id: requireOwnRowId(national, cells.id),
      statements,
      codes: cells.codes,
      legalBasis: cells.legal_basis,
      url: cells.url,
      provenance: toProvenance(references, cells),
      sortName: normalise(chooseText(national, statements, [], null)?.text ?? cells.id).slice(0, 300),
      searchText: toSearchText(statements.map(({ text }) => text)),
    };
  };

/** @param needs the ids of the needs of the catalogue. */
export const toNeedHolderRow =
  (national: NationalCatalogue, references: References, needs: ReadonlySet<string>) =>
  ({ cells, named = [] }: ReadRow<typeof tables.needHolders>): NeedHolderRow => {
    checkPeriod(cells);
    if (!needs.has(cells.need)) throw new RowError('need', 'is not a need of this catalogue: add it to needs.csv');
    const { holder, holders_kind: kind } = cells;
    if (kind === null && cells.holders_nuts !== null)
      throw new RowError(
        'holders_kind',
        'is empty, but holders_nuts is not: a rule is about one kind of administration',
      );
    if (holder !== null && kind !== null)
      throw new RowError('holders_kind', 'is given beside a holder: state either one holder, or a rule');
    if (holder === null && kind === null && cells.raw_name === null)
      throw new RowError('holder', 'is required unless there is holders_kind or a raw_name: a need is held by someone');
    if ((cells.amount === null) !== (cells.currency === null))
      throw new RowError(cells.amount === null ? 'amount' : 'currency', 'is empty: an amount needs its currency');
    if (cells.start === null && cells.observed_on === null)
      throw new RowError('observed_on', 'is required if start is empty: the statement counts from that day');
    return {
      id: requireOwnRowId(national, cells.id),
      needId: cells.need,
      holderId: holder === null ? null : requireKnownIfDomestic(national, references, 'holder', holder),
      holdersKind: kind,
      holdersNuts:
        kind === null ? null : (requireOwnArea(national, 'holders_nuts', cells.holders_nuts) ?? national.code),
      state: cells.state,
      ...tables.toPeriodColumns(cells),
      amount: cells.amount,
      currency: cells.currency,
      metBy: cells.met_by,
      rawName: cells.raw_name ?? named[0]?.written ?? null,
      observedOn: cells.observed_on,
      provenance: toProvenance(references, cells),
    };
  };
