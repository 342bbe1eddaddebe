import { resolvePage } from '../../../kit/graphql/pagination.js';
import { parseSearch } from '../../../shared/name-search.js';
import type { ResolversOf } from '../../generated/resolver-types.js';
import { formatCode } from '../../model/codes.js';
import { codeKey } from '../../model/list-keys.js';
import { chooseText } from '../../model/names.js';

export const catalogueCodeResolvers: Pick<ResolversOf<'NationalCatalogue'>, 'codeLists' | 'codes'> = {
  codeLists: (_catalogue, _args, { repositories: { codes } }) => codes.findLists(),
  codes: (_catalogue, { search, scheme = null, ...pageArguments }, { catalogue, repositories: { codes } }) => {
    const searched = parseSearch(search);
    const selection = { search: searched, scheme };
    return resolvePage(pageArguments, {
      scope: `${catalogue.code} codes ${searched?.words ?? ''}`,
      key: codeKey,
      find: (page) => codes.findCodes(selection, page),
      count: () => codes.countCodes(selection),
    });
  },
};

export const codeReferenceResolvers: ResolversOf<'CodeReference'> = {
  code: (reference, _args, { loaders }) => loaders.code.load(formatCode(reference)),
};

export const codeListResolvers: ResolversOf<'CodeList'> = {
  country: (_list, _args, { catalogue }) => catalogue.country.code,
  title: ({ titles, scheme }, { language }, { catalogue }) =>
    chooseText(catalogue, titles, [], language)?.text ?? scheme,
  titleLanguage: ({ titles }, { language }, { catalogue }) =>
    chooseText(catalogue, titles, [], language)?.language ?? null,
};

export const codeResolvers: ResolversOf<'Code'> = {
  country: (_code, _args, { catalogue }) => catalogue.country.code,
  label: ({ labels, notation }, { language }, { catalogue }) =>
    chooseText(catalogue, labels, [], language)?.text ?? notation,
  labelLanguage: ({ labels }, { language }, { catalogue }) =>
    chooseText(catalogue, labels, [], language)?.language ?? null,
  broaderNotation: ({ broader }) => broader,
  broader: ({ scheme, broader }, _args, { loaders }) =>
    broader === null ? null : loaders.code.load(formatCode({ scheme, notation: broader })),
  codeList: ({ scheme }, _args, { loaders }) => loaders.codeListByScheme.load(scheme),
  mappings: (code, _args, { loaders }) => loaders.mappingsOfCode.load(formatCode(code)),
};

export const codeMappingResolvers: ResolversOf<'CodeMapping'> = {
  country: (_mapping, _args, { catalogue }) => catalogue.country.code,
};
