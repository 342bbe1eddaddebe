import { contractVersion, isCompatibleWithContract, getContractVersion } from '../../../schema/sdl/contract-version.js';
import { newTraceparent } from '../../kit/observability/trace-context.js';
import type { Logger } from '../../kit/observability/logger.js';
import { type FeedSource, readPageBody } from './read-feed-page.js';

const timeoutMs = 5_000;
const maxBytes = 4 * 1024 * 1024;

/**
 * Logs for which version of the contract each country was made, as a warning if that is not compatible with this one. The feeds
 * are followed all the same, because each entry is validated by itself.
 */
export async function logContractVersions(sources: readonly FeedSource[], logger: Logger): Promise<void> {
  await Promise.all(
    sources.map(async (source) => {
      const { code: country, folder } = source;
      try {
        const contract = getContractVersion(folder, await readSdl(source));
        const statement =
          contract === null ? `${folder} states no contract version` : `${folder} has contract version ${contract}`;
        if (isCompatibleWithContract(contract)) logger.info({ country, contract }, statement);
        else
          logger.warn(
            { country, contract, own: contractVersion },
            `${statement}, which is incompatible with ${contractVersion}`,
          );
      } catch {
        // It is unavailable, or its SDL is invalid: following its feed reports more about that.
      }
    }),
  );
}

async function readSdl({ url, secret }: FeedSource): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
      traceparent: newTraceparent(false),
    },
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const body = JSON.parse((await readPageBody(response, maxBytes)).toString()) as {
    data: { _service: { sdl: string } };
  };
  return body.data._service.sdl;
}
