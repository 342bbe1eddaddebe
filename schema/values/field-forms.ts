import { codeScheme, maxNotationLength, topicId } from './code-forms.js';
import { currencyCode } from './currencies.js';
import {
  anyText,
  checkId,
  countryCode,
  exactly,
  languageTag,
  maxNameLength,
  nutsCode,
  organisationId,
  plainText,
  registerCode,
  rowId,
  solutionAddress,
  supplierId,
  type ValueForm,
} from './value-form.js';

/** Which numbers a field allows. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
}

/** @param country the ISO code of the country whose subgraph returns the field. Undefined: no country's. */
type FormOf = (country: string | undefined) => ValueForm;

/** What the tables allow for a text, which can be the conditions of a contract. */
const maxTextLength = 2_000;

/** Europe limits the scheme and the notation of a code to a hundred characters each. */
const maxRefLength = 250;

const scheme: FormOf = () => codeScheme;
const notation: FormOf = () => plainText(maxNotationLength);
const name: FormOf = () => plainText(maxNameLength);
const language: FormOf = () => languageTag;
const address: FormOf = () => solutionAddress;
const anyOrganisation: FormOf = () => organisationId();
const row =
  (type: string): FormOf =>
  (country) =>
    rowId(country, type);
/** A catalogue only states the data of its own country. */
const ownCountry: FormOf = (country) => (country === undefined ? countryCode : exactly(country));

/** Fields whose values have a form that their scalar does not express, by the type or interface of the contract. */
const textForms: Readonly<Record<string, FormOf>> = {
  // It can contain a code as a client wrote it, about which the country reports an error.
  'Organisation.ref': () => anyText(maxRefLength),
  'Organisation.name': name,
  'Organisation.nameLanguage': language,
  'Organisation.country': ownCountry,
  'Administration.id': (country) => organisationId(country, 'administration'),
  'Administration.kindDetailLanguage': language,
  'Administration.nuts': () => nutsCode,
  'Consortium.id': (country) => organisationId(country, 'consortium'),
  'Catalogue.id': (country) => (country === undefined ? plainText(maxNameLength) : exactly(toCatalogueId(country))),
  'Catalogue.country': ownCountry,
  'Catalogue.title': name,
  'Catalogue.titleLanguage': language,
  'Catalogue.languages': language,
  'Eligibility.descriptionLanguage': language,
  'LocalisedText.language': language,
  'LocalisedText.text': () => plainText(maxTextLength),
  'Membership.id': row('membership'),
  'Membership.memberId': anyOrganisation,
  'Membership.consortiumId': anyOrganisation,
  'Claim.id': row('claim'),
  'Claim.consortiumId': anyOrganisation,
  'Claim.solutionAddress': address,
  'PortfolioEntry.id': row('portfolio'),
  'PortfolioEntry.consortiumId': anyOrganisation,
  'PortfolioEntry.solutionAddress': address,
  'Adoption.id': row('adoption'),
  'Change.id': row('change'),
  'CheckRecord.id': () => checkId,
  'Adoption.country': ownCountry,
  'Adoption.administrationId': () => organisationId(undefined, 'administration'),
  'Adoption.solutionAddress': address,
  'Money.currency': () => currencyCode,
  'CodeReference.scheme': scheme,
  'CodeReference.notation': notation,
  'CodeList.id': row('code-list'),
  'CodeList.country': ownCountry,
  'CodeList.scheme': scheme,
  'CodeList.title': name,
  'CodeList.titleLanguage': language,
  'CodeList.version': name,
  'CodeList.publisher': name,
  'Code.id': row('code'),
  'Code.country': ownCountry,
  'Code.scheme': scheme,
  'Code.notation': notation,
  'Code.label': name,
  'Code.labelLanguage': language,
  'Code.broaderNotation': notation,
  'CodeMapping.id': row('code-mapping'),
  'CodeMapping.country': ownCountry,
  'CodeMapping.scheme': scheme,
  'CodeMapping.notation': notation,
  'CodeMapping.toScheme': scheme,
  'CodeMapping.toNotation': notation,
  'CodeMapping.topic': () => topicId,
  'Need.id': row('need'),
  'Need.country': ownCountry,
  'Need.statement': name,
  'Need.statementLanguage': language,
  'HolderRule.nuts': () => nutsCode,
  'NeedHolder.id': row('need-holder'),
  'NeedHolder.country': ownCountry,
  'NeedHolder.needId': row('need'),
  'NeedHolder.holderId': anyOrganisation,
  'NeedHolder.metBy': address,
  'NeedHolder.rawName': name,
  'Terms.id': row('terms'),
  'Terms.country': ownCountry,
  'Terms.consortiumId': () => organisationId(undefined, 'consortium'),
  'Terms.solutionAddress': address,
  'Terms.openToNuts': () => nutsCode,
  'Fee.id': row('fee'),
  'Supplier.id': () => supplierId,
  'SupplierContract.clientId': anyOrganisation,
  'SupplierContract.solutionAddress': address,
  'Contract.id': row('contract'),
  'Contract.country': ownCountry,
  'Contract.supplierName': name,
  'Contract.supplierIdentifier': () => registerCode,
  'Contract.clientId': anyOrganisation,
  'Contract.solutionAddress': address,
  'CatalogueRecord.id': row('record'),
  'CatalogueRecord.country': ownCountry,
  'CatalogueRecord.name': name,
  'CatalogueRecord.localisedName': name,
  'CatalogueRecord.localisedNameLanguage': language,
  'CatalogueRecord.shortDescriptionLanguage': language,
  'CatalogueRecord.solutionAddress': address,
  'CatalogueRecord.aliases': address,
  'CatalogueRecord.partOf': address,
  'CatalogueRecord.publisherId': anyOrganisation,
  'CatalogueRecord.publisherName': name,
  'CatalogueRecord.availableLanguages': language,
  'CatalogueRecord.publiccode': () => plainText(200_000),
  'PubliccodeFile.text': () => plainText(200_000),
  'SolutionDescription.language': language,
  'SolutionDescription.localisedName': name,
  'Solution.id': address,
  'Solution.address': address,
  'Solution.name': name,
  'Solution.nameLanguage': language,
  'Solution.shortDescriptionLanguage': language,
  'Solution.partOfId': address,
  'Solution.publisherIds': anyOrganisation,
  'Solution.maintainerIds': anyOrganisation,
};

const count: NumberRange = { min: 0, max: 2_147_483_647 };
const share: NumberRange = { min: 0, max: 1 };

const numberRanges: Readonly<Record<string, NumberRange>> = {
  'NeedStateCount.holders': count,
  'NeedStateCount.rules': count,
  'PopulationFigure.count': count,
  'Claim.count': count,
  'Claim.outOf': count,
  'Claim.share': share,
  'Coverage.knownMembers': count,
  'Coverage.eligible': count,
  'Coverage.share': share,
  'GrowthPoint.knownMembers': count,
  'Catalogue.administrationCount': count,
  'Adoption.matchConfidence': share,
  'Fee.populationMin': count,
  'Fee.populationMax': count,
};

/** The id of a country's catalogue. */
const toCatalogueId = (country: string): string => `${country.toLowerCase()}:catalogue`;

/**
 * Returns the form of a field's texts. Undefined: its scalar alone decides.
 *
 * @param types the field's type and the interfaces of the type.
 * @param country the ISO code of the country whose subgraph returns the field. Undefined: it comes from Europe.
 */
export const findTextForm = (
  types: readonly string[],
  field: string,
  country: string | undefined,
): ValueForm | undefined => findByType(textForms, types, field)?.(country);

/** Returns the range of a field's numbers. Undefined: its scalar alone decides. */
export const findNumberRange = (types: readonly string[], field: string): NumberRange | undefined =>
  findByType(numberRanges, types, field);

function findByType<Value>(
  byField: Readonly<Record<string, Value>>,
  types: readonly string[],
  field: string,
): Value | undefined {
  const type = types.find((one) => Object.hasOwn(byField, `${one}.${field}`));
  return type === undefined ? undefined : byField[`${type}.${field}`];
}
