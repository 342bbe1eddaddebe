import type { NationalCatalogue } from '../../model/national-catalogue.js';
import type { FoundFiles } from './find-files.js';
import type { ParsedFile } from './parse-files.js';
import type { StoredCatalogue, StoredRecord } from './stored-catalogue.js';
import { findPublisher } from './to-record-row.js';

/** What the files of an import say about records that earlier imports read from files. */
export interface EarlierRecords {
  /** Whether a file of this import, which may have been rejected, describes a record. */
  readonly isDescribed: (record: StoredRecord) => boolean;
  /** The file of this import at the path of the record's file. */
  readonly fileOf: (record: StoredRecord) => ParsedFile | undefined;
  /** Whether the record's file was in a folder or list of this import, and is no longer there. */
  readonly isGone: (record: StoredRecord) => boolean;
  /** Finds the one record that a file probably describes under another address: same file, name and publisher. */
  readonly findMoved: (file: ParsedFile) => StoredRecord | undefined;
}

export function compareWithEarlier(
  national: Pick<NationalCatalogue, 'codeOfUri'>,
  stored: Pick<StoredCatalogue, 'records' | 'organisationOf'>,
  { sources }: Pick<FoundFiles, 'sources'>,
  files: readonly ParsedFile[],
): EarlierRecords {
  const addresses = new Set(files.flatMap(({ address }) => address ?? []));
  const byPath = new Map(files.map((file) => [file.absolutePath, file]));
  const isDescribed = ({ address, aliases }: StoredRecord): boolean =>
    [address, ...aliases].some((known) => addresses.has(known));
  const fileOf = ({ file }: StoredRecord): ParsedFile | undefined => byPath.get(file ?? '');
  const isGone = (record: StoredRecord): boolean => {
    const { file, list } = record;
    if (!record.isFromFile || file === null || byPath.has(file)) return false;
    return sources.some(({ kind, path, unreadFolders }) =>
      kind === 'LIST'
        ? list === path
        : list === null && isBelow(file, path) && !unreadFolders.some((folder) => isBelow(file, folder)),
    );
  };
  return {
    isDescribed,
    fileOf,
    isGone,
    findMoved: (file) => {
      const { record } = file;
      if (!record) return undefined;
      const publisher = findPublisher(national, stored, record);
      const hasPublisher = publisher.publisherId !== null || publisher.publisherName !== null;
      const moved = stored.records.filter(
        (earlier) =>
          earlier.isFromFile &&
          earlier.name === record.name &&
          earlier.publisherId === publisher.publisherId &&
          earlier.publisherName === publisher.publisherName &&
          (fileOf(earlier) === file || (hasPublisher && isGone(earlier))) &&
          !isDescribed(earlier),
      );
      return moved.length === 1 ? moved[0] : undefined;
    },
  };
}

const isBelow = (path: string, folder: string): boolean =>
  path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
