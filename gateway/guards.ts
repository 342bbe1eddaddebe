import express, { type RequestHandler, type Response, type Router } from 'express';
import { rateLimit } from 'express-rate-limit';

export interface GuardOptions {
  /** How many requests one client may send in a minute; 0 for as many as it likes. */
  readonly requestsPerMinute: number;
  /** How many requests may be under way at once. */
  readonly mostAtOnce: number;
}

/** Turns away whoever asks too often, and everybody while there is too much to do: early, and in words that a client can act on. */
export function guards({ requestsPerMinute, mostAtOnce }: GuardOptions): Router {
  const router = express.Router();
  router.use(shedLoad(mostAtOnce));
  if (requestsPerMinute > 0) router.use(limitRate(requestsPerMinute));
  return router;
}

const limitRate = (requestsPerMinute: number): RequestHandler =>
  rateLimit({
    windowMs: 60_000,
    limit: requestsPerMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Sets `Retry-After` before it calls this.
    handler: (_request, response) => {
      refuse(
        response,
        429,
        'RATE_LIMITED',
        `You may send ${requestsPerMinute} requests a minute. Wait as long as Retry-After says.`,
      );
    },
  });

/** A queue would only make everybody wait longer: whoever finds too many before him may come again. */
function shedLoad(mostAtOnce: number): RequestHandler {
  let underWay = 0;
  return (_request, response, next) => {
    if (underWay >= mostAtOnce) {
      response.setHeader('Retry-After', '1');
      refuse(response, 503, 'OVERLOADED', 'There is too much to do just now. Ask again in a second.');
      return;
    }
    underWay += 1;
    response.once('close', () => {
      underWay -= 1;
    });
    next();
  };
}

const refuse = (response: Response, status: number, code: string, message: string): void => {
  response.status(status).json({ errors: [{ message, extensions: { code } }] });
};
