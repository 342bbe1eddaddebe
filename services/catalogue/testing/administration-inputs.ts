/** The input of an administration that the fixtures do not have. */
export const newAdministration = {
  id: 'dk:administration:d',
  kind: 'MUNICIPALITY',
  level: 'LOCAL',
  officialLanguages: ['da'],
  names: [{ language: 'DA', text: ' Dby ' }],
  nuts: 'DK012',
};

/** Selects the administration of a payload. */
export const administrationFields = `administration {
  id name revision names { language text } alternativeNames { language text }
  existed { start startPrecision end endPrecision ended } identifiers { scheme notation } provenance { method assertedBy }
  ... on DanishAdministration { kind level nuts predecessors { id } successors { id } } }`;

/** Selects the audit entry of a payload. */
export const auditEntryFields = 'auditEntry { mutation subject subjectId before after }';
