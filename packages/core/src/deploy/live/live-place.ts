/**
 * Reads the component out of the name of a namespace, by the template that the environment's namespaces are made from.
 *
 * @param template with `{component}` and maybe `{environment}`: `{component}-{environment}`
 * @returns undefined of a namespace that no component has there.
 */
export function componentReader(
  template: string,
  environment: string,
): (namespace: string) => string | undefined {
  const parts = template
    .replaceAll('{environment}', environment)
    .split('{component}');
  const [before, after] = [parts[0], parts.at(-1) ?? ''];
  return namespace => {
    const fixed = parts.reduce((sum, part) => sum + part.length, 0);
    const length = (namespace.length - fixed) / (parts.length - 1);
    if (!Number.isInteger(length) || length < 1) return undefined;
    if (!namespace.startsWith(before) || !namespace.endsWith(after)) {
      return undefined;
    }
    const component = namespace.slice(before.length, before.length + length);
    return parts.join(component) === namespace ? component : undefined;
  };
}

/** The namespace of a component. */
export function namespaceOf(
  template: string,
  { component, environment }: { component: string; environment: string },
): string {
  return template
    .replaceAll('{component}', component)
    .replaceAll('{environment}', environment);
}
