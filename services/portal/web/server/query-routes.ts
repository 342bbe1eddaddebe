import { HttpError } from '../../../kit/http-error.js';
import type { Route } from '../../http/route.js';
import type { PageOperations } from './page-operations.js';

/** The operations of the pages: all of them as a file of trusted documents for a gateway, and each in the playground. */
export const queryRoutes = (operations: PageOperations, playgroundUrl: string): Route[] => [
  {
    path: '/queries',
    get: (_request, response) => {
      response.json(operations.all);
    },
  },
  {
    path: '/queries/:operation',
    get: (request, response) => {
      const query = operations.find(String(request.params['operation']));
      if (query === undefined) throw new HttpError('The operation does not exist.', { status: 404, code: 'NOT_FOUND' });
      const { variables } = request.query;
      const link = new URLSearchParams({ query, ...(typeof variables === 'string' && { variables }) });
      response.redirect(302, `${playgroundUrl}?${link.toString()}`);
    },
  },
];
