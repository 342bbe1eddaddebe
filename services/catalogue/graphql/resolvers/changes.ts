import { feedResolvers } from '../../../kit/graphql/feed.js';
import type { ResolversOf } from '../../generated/resolver-types.js';
import { toRowId } from '../../model/national-catalogue.js';

export const changeConnectionResolvers: ResolversOf<'ChangeConnection'> = feedResolvers;

/** The subject of a change as it is now. Null for other subjects, and if the subject no longer exists. */
export const changeResolvers: ResolversOf<'Change'> = {
  id: ({ feedId, number }, _args, { catalogue }) => toRowId(catalogue, 'change', `${feedId}-${number}`),
  administration: ({ subject, subjectId }, _args, { loaders }) =>
    subject === 'ADMINISTRATION' ? loaders.organisation.load(subjectId) : null,
  consortium: ({ subject, subjectId }, _args, { loaders }) =>
    subject === 'CONSORTIUM' ? loaders.organisation.load(subjectId) : null,
  membership: ({ subject, subjectId }, _args, { loaders }) =>
    subject === 'MEMBERSHIP' ? loaders.membership.load(subjectId) : null,
  claim: ({ subject, subjectId }, _args, { loaders }) => (subject === 'CLAIM' ? loaders.claim.load(subjectId) : null),
  record: ({ subject, subjectId }, _args, { loaders }) =>
    subject === 'RECORD' ? loaders.record.load(subjectId) : null,
  portfolioEntry: ({ subject, subjectId }, _args, { loaders }) =>
    subject === 'PORTFOLIO' ? loaders.portfolioEntry.load(subjectId) : null,
  adoption: ({ subject, subjectId }, _args, { loaders }) =>
    subject === 'ADOPTION' ? loaders.adoption.load(subjectId) : null,
  codeList: ({ subject, subjectId }, _args, { loaders }) =>
    subject === 'CODE_LIST' ? loaders.codeList.load(subjectId) : null,
  code: ({ subject, subjectId }, _args, { loaders }) => (subject === 'CODE' ? loaders.codeById.load(subjectId) : null),
  codeMapping: ({ subject, subjectId }, _args, { loaders }) =>
    subject === 'CODE_MAPPING' ? loaders.codeMapping.load(subjectId) : null,
  need: ({ subject, subjectId }, _args, { loaders }) => (subject === 'NEED' ? loaders.need.load(subjectId) : null),
  needHolder: ({ subject, subjectId }, _args, { loaders }) =>
    subject === 'NEED_HOLDER' ? loaders.needHolder.load(subjectId) : null,
  terms: ({ subject, subjectId }, _args, { loaders }) => (subject === 'TERMS' ? loaders.terms.load(subjectId) : null),
  contract: ({ subject, subjectId }, _args, { loaders }) =>
    subject === 'CONTRACT' ? loaders.contract.load(subjectId) : null,
};
