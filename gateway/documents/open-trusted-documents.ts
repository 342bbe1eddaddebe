import type { Logger } from '../../services/kit/observability/logger.js';
import { followFile, readFileVersion } from '../../services/kit/follow-file.js';
import type { DocumentStore } from './document-store.js';
import { readTrustedDocuments } from './read-trusted-documents.js';

export interface TrustedDocumentsOptions {
  /** The file with the documents. */
  readonly path: string;
  /** The interval at which the file is checked. */
  readonly watchMs: number;
  readonly logger: Logger;
}

type Listener = (added: readonly string[]) => void;

/** The trusted documents of a file, which may change while they are served. */
export interface TrustedDocumentsFile {
  readonly documents: DocumentStore;
  /** All texts. */
  readonly texts: () => readonly string[];
  /** Calls the listener after a new version of the file was loaded, with the texts that are new. */
  readonly onChange: (listener: Listener) => void;
  /** That the file's latest version could not be loaded, in words that may be public. Null: it is served. */
  readonly loadError: () => string | null;
  readonly stop: () => Promise<void>;
}

/**
 * Loads a file of trusted documents, and each new version of it. A version that cannot be used changes nothing.
 *
 * @throws ConfigError with the reason when the first version cannot be used.
 */
export async function openTrustedDocuments({
  path,
  watchMs,
  logger,
}: TrustedDocumentsOptions): Promise<TrustedDocumentsFile> {
  const since = await readFileVersion(path);
  let current = readTrustedDocuments(path);
  let loadError: string | null = null;
  let listener: Listener = () => undefined;

  const reload = (): Promise<void> => {
    const known = new Set(current.texts);
    try {
      current = readTrustedDocuments(path, known);
    } catch (error) {
      loadError = 'the latest trusted documents cannot be used; the log has the reason';
      const reason = error instanceof Error ? error.message : String(error);
      logger.error({ reason }, 'the new trusted documents cannot be used; the previous ones are still served');
      return Promise.resolve();
    }
    loadError = null;
    logger.info(`${current.texts.length} trusted documents are served`);
    listener(current.texts.filter((text) => !known.has(text)));
    return Promise.resolve();
  };
  return {
    documents: { resolve: (request) => current.documents.resolve(request) },
    texts: () => current.texts,
    onChange: (next) => {
      listener = next;
    },
    loadError: () => loadError,
    stop: followFile(path, { since, intervalMs: watchMs, onChange: reload }),
  };
}
