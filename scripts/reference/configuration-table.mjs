import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../source-hash.mjs';

const ts = createRequire(join(ROOT, 'package.json'))('typescript');

/**
 * What a `config.d.ts` says of a section, as a table: each setting with its type, its default and its meaning.
 *
 * A comment that ends with a sentence `Default: …` tells the default; a setting without `?` is required.
 *
 * @param source - text of the file.
 * @param section - name of the property of `Config`.
 * @returns the table in Markdown, unformatted.
 * @throws Error where a setting has no comment.
 */
export function configurationTable(source, section) {
  const file = ts.createSourceFile(
    'config.d.ts',
    source,
    ts.ScriptTarget.Latest,
    true,
  );
  const [config] = file.statements;
  const rows = config.members
    .filter(({ name }) => name.getText() === section)
    .flatMap(member => settings(member, section));
  return [
    '| setting | type | default | meaning |',
    '| --- | --- | --- | --- |',
    ...rows.map(
      ({ path, type, given, meaning }) =>
        `| ${[`\`${path}\``, type, given, meaning]
          .map(cell => cell.replaceAll('|', '\\|'))
          .join(' | ')} |`,
    ),
  ].join('\n');
}

/** The rows of a setting: its own, and those of what is in it. */
function settings(member, path) {
  const { object, isList, types } = readType(member.type);
  const comment = commentOf(member);
  if (comment === undefined && !object) {
    throw new Error(`${path} has no comment in config.d.ts`);
  }
  const [meaning, said] = (comment ?? '').split(/\s*Default: /);
  const own =
    comment === undefined
      ? []
      : [
          {
            path,
            type: types.map(type => `\`${type}\``).join(', '),
            given:
              said?.replace(/\.$/, '') ??
              (member.questionToken || object ? '' : 'required'),
            meaning: meaning.replace(/\.$/, ''),
          },
        ];
  const below = `${path}${isList ? '[]' : ''}.`;
  const inner = (object?.members ?? []).flatMap(each =>
    settings(each, `${below}${each.name.getText()}`),
  );
  return [...own, ...inner];
}

/** What a value may be: the object that it is or a list of, and what else, by its words. */
function readType(node) {
  const nodes = ts.isUnionTypeNode(node) ? node.types : [node];
  const types = [];
  let object;
  let isList = false;
  for (const each of nodes) {
    const element = ts.isArrayTypeNode(each)
      ? each.elementType
      : each.typeArguments?.[0];
    const value = element ?? each;
    if (ts.isTypeLiteralNode(value)) {
      object = value;
      isList = element !== undefined;
    } else {
      const text = value.getText().replaceAll("'", '');
      types.push(element ? `${text}[]` : text);
    }
  }
  return { object, isList, types };
}

function commentOf(member) {
  const [doc] = member.jsDoc ?? [];
  const text = doc && ts.getTextOfJSDocComment(doc.comment);
  return text?.replaceAll(/\s+/g, ' ');
}
