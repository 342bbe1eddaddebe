import { type ASTVisitor, GraphQLError, type ValidationContext } from 'graphql';

const code = 'INTROSPECTION_DISABLED';

/** A rule of validation for an operator who does not want the schema to be read here. `__typename` is no introspection. */
export const disableIntrospection = (context: ValidationContext): ASTVisitor => ({
  Field: (node) => {
    const { value } = node.name;
    if (value !== '__schema' && value !== '__type') return;
    const message = `The schema cannot be read here: \`${value}\` is switched off.`;
    // Apollo Server overwrites `code`; `inputCode` survives that.
    context.reportError(new GraphQLError(message, { nodes: node, extensions: { code, inputCode: code } }));
  },
});
