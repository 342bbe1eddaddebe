import { encodeCursor, parsePage, toConnection } from '../../../../kit/graphql/pagination.js';
import { auditScope } from '../../../auth/permissions.js';
import type { QueryResolvers } from '../../../generated/resolver-types.js';
import type { AuditRow } from '../../../model/rows.js';

/** Who changed what, as far as it is the affair of whoever asks. */
export const auditTrail: QueryResolvers['auditTrail'] = async (
  _query,
  { subjectId = null, ...pageArguments },
  context,
) => {
  const selection = { scope: auditScope(context), subjectId };
  const { audit } = context.repositories;
  const scope = `${context.catalogue.code} audit ${subjectId ?? ''}`;
  const page = parsePage(pageArguments, scope, ['number']);
  return toConnection<AuditRow>(
    await audit.findPage(selection, page),
    page,
    (row) => encodeCursor(scope, [row.id]),
    () => audit.count(selection),
  );
};
