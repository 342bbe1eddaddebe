import { resolvePage } from '../../../../kit/graphql/pagination.js';
import { auditScope } from '../../../auth/permissions.js';
import type { QueryResolvers } from '../../../generated/resolver-types.js';
import type { AuditRow } from '../../../model/rows.js';

/** Lists the changes, restricted to those that the editor is allowed to see. */
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
