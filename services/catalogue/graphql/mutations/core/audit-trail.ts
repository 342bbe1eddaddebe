import { resolvePage } from '../../../../kit/graphql/pagination.js';
import { auditScope } from '../../../auth/permissions.js';
import type { QueryResolvers } from '../../../generated/resolver-types.js';
import type { AuditRow } from '../../../model/rows.js';

/** Who changed what, as far as it is the affair of whoever asks. */
export const auditTrail: QueryResolvers['auditTrail'] = (_query, { subjectId = null, ...pageArguments }, context) => {
  const selection = { scope: auditScope(context), subjectId };
  const { audit } = context.repositories;
  return resolvePage<AuditRow>(pageArguments, {
    scope: `${context.catalogue.code} audit ${subjectId ?? ''}`,
    key: { types: ['number'], of: ({ id }) => [id] },
    find: (page) => audit.findPage(selection, page),
    count: () => audit.count(selection),
  });
};
