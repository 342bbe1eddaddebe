import { projectPath } from '../../../../schema/files.js';
import { ConfigError } from '../../../kit/config/config.js';
import { plainCatalogue } from '../../testing/test-catalogue.js';
import { bundledTables, readImportDir } from './import-dir.js';

describe('<COUNTRY>_IMPORT_DIR', () => {
  const read = (value?: string): string | null =>
    readImportDir(plainCatalogue, value === undefined ? {} : { DENMARK_IMPORT_DIR: value });

  it('is the folder of the project by default, another folder, or none', () => {
    expect(read()).toBe(projectPath('services/denmark/data'));
    expect(read('')).toBe(bundledTables(plainCatalogue));
    expect(read(projectPath('services/italy/data'))).toBe(projectPath('services/italy/data'));
    expect(read('none')).toBeNull();
  });

  it.each(['no/where', projectPath('schema'), projectPath('package.json')])(
    'rejects %s, naming the variable',
    (value) => {
      expect(() => read(value)).toThrow(ConfigError);
      expect(() => read(value)).toThrow(/^DENMARK_IMPORT_DIR must be a folder with tables of a catalogue/);
    },
  );

  it('rejects the name of earlier releases', () => {
    expect(() => readImportDir(plainCatalogue, { DENMARK_TABLES: 'none' })).toThrow(
      'DENMARK_TABLES was renamed: set DENMARK_IMPORT_DIR',
    );
  });
});
