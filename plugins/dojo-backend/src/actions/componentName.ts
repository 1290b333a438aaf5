/** `ledger` of `component:default/ledger`: what people call it. */
export function componentName({
  component = '',
}: {
  readonly component?: string;
}): string {
  return component.replace(/^.*[:/]/, '');
}
