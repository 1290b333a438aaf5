import { EntityName } from './EntityName';
import { literalText } from './literalText';

/** Somebody, with the way to their page where the catalog knows them. */
export function PersonName(props: {
  readonly person: { readonly ref?: string; readonly name: string };
}) {
  const { ref, name } = props.person;
  return ref ? (
    <EntityName entityRef={ref} defaultKind="user" />
  ) : (
    <>{literalText(name)}</>
  );
}
